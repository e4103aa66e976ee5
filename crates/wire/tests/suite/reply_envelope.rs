//! Encrypted replies, in every mode.

use wire::callback::{Format, Mode};
use wire::envelope::{EnvelopeError, encrypt};
use wire::ids::{AppId, EncodingAesKey};
use wire::reply::{InvalidReply, Reply, Rule, parse};
use wire::sign::msg_signature;

use crate::reply_xml::framed;
use crate::vectors::computed;
use crate::{credentials, expected};

const MODES: [Mode; 3] = [Mode::Plain, Mode::Compatible, Mode::Safe];

fn read(body: &str, format: Format, mode: Mode) -> Result<Reply, InvalidReply> {
    parse(body.as_bytes(), format, mode, &credentials(), &expected())
}

fn rule(body: &str) -> Rule {
    read(body, Format::Xml, Mode::Safe).expect_err("an invalid reply").rule
}

fn text(content: &str) -> Reply {
    Reply::Text { content: content.to_owned() }
}

/// The ciphertext and its signature.
fn sealed(message: &str) -> (String, String) {
    let keys = credentials();
    let encrypted = encrypt(&keys.aes_key, &keys.app_id, message.as_bytes(), *b"ZYXWvuts87654321");
    let signature = msg_signature(&keys.token, "1760000001", "1893466174", &encrypted);
    (encrypted, signature)
}

fn envelope(message: &str) -> String {
    let (encrypted, signature) = sealed(message);
    format!(
        "<xml>\n<Encrypt><![CDATA[{encrypted}]]></Encrypt>\n\
         <MsgSignature><![CDATA[{signature}]]></MsgSignature>\n\
         <TimeStamp>1760000001</TimeStamp>\n<Nonce><![CDATA[1893466174]]></Nonce>\n</xml>"
    )
}

#[test]
fn the_computed_envelope_is_read_in_every_mode() {
    let body = format!(
        "<xml><Encrypt><![CDATA[{}]]></Encrypt>\
         <MsgSignature><![CDATA[3ca4e06f74f9fadb64d08a8233e62b7e6ca07342]]></MsgSignature>\
         <TimeStamp>1760000001</TimeStamp><Nonce><![CDATA[1893466174]]></Nonce></xml>",
        computed::REPLY_ENCRYPT
    );
    for mode in MODES {
        assert_eq!(read(&body, Format::Xml, mode), Ok(text("收到")), "{mode:?}");
    }
}

#[test]
fn an_envelope_may_have_any_order_and_no_cdata() {
    let (encrypted, signature) = sealed(computed::REPLY);
    let body = format!(
        "\n<xml>\n  <Nonce>1893466174</Nonce>\n  <TimeStamp><![CDATA[1760000001]]></TimeStamp>\n  \
         <MsgSignature> {signature} </MsgSignature>\n  <Encrypt>\n{encrypted}\n</Encrypt>\n</xml>\n"
    );
    assert_eq!(read(&body, Format::Xml, Mode::Safe), Ok(text("收到")));
}

#[test]
fn an_envelope_in_json_is_read_where_json_is_set() {
    let message = framed_json();
    let (encrypted, signature) = sealed(&message);
    for timestamp in ["1760000001", "\"1760000001\""] {
        let body = format!(
            r#"{{"Encrypt":"{encrypted}","MsgSignature":"{signature}","TimeStamp":{timestamp},
                "Nonce":"1893466174"}}"#
        );
        assert_eq!(read(&body, Format::Json, Mode::Safe), Ok(text("hi")));
        assert_eq!(rule(&body), Rule::JsonInXmlMode);
    }
}

fn framed_json() -> String {
    r#"{"ToUserName":"oABCD0123456789abcdefghijklm","FromUserName":"gh_0123456789ab",
        "CreateTime":1,"MsgType":"text","Content":"hi"}"#
        .to_owned()
}

#[test]
fn an_envelope_around_nothing_is_no_answer() {
    for message in ["", " \n", "success"] {
        for mode in MODES {
            let reply = read(&envelope(message), Format::Xml, mode);
            assert_eq!(reply, Ok(Reply::Nothing), "{message:?} {mode:?}");
        }
    }
}

#[test]
fn success_and_nothing_stay_plain_in_every_mode() {
    for mode in MODES {
        assert_eq!(read("success", Format::Xml, mode), Ok(Reply::Nothing));
        assert_eq!(read("", Format::Xml, mode), Ok(Reply::Nothing));
    }
}

#[test]
fn a_plain_reply_is_refused_in_safe_mode_only() {
    let body = framed("text", "<Content>hi</Content>");
    assert_eq!(read(&body, Format::Xml, Mode::Plain), Ok(text("hi")));
    assert_eq!(read(&body, Format::Xml, Mode::Compatible), Ok(text("hi")));
    assert_eq!(rule(&body), Rule::NotEncrypted);
    assert_eq!(rule("<xml></xml>"), Rule::NotEncrypted);
}

#[test]
fn a_wrong_signature_is_refused() {
    for (right, wrong) in [("1760000001", "1760000002"), ("[1893466174]", "[1893466175]")] {
        let changed = envelope(computed::REPLY).replace(right, wrong);
        assert_eq!(rule(&changed), Rule::WrongSignature, "{wrong}");
    }
    // The three-value signature is not the four-value one.
    let three = "d7ef54a2a85944fd7f7d604662e5c3c5fb3a82f8";
    let (_, signature) = sealed(computed::REPLY);
    let body = envelope(computed::REPLY).replace(&signature, three);
    assert_eq!(rule(&body), Rule::WrongSignature);
}

#[test]
fn an_incomplete_envelope_is_refused() {
    for name in ["MsgSignature", "TimeStamp", "Nonce"] {
        let body = envelope(computed::REPLY).replace(&format!("{name}>"), "Other>");
        assert_eq!(rule(&body), Rule::Missing(name));
    }
    assert_eq!(rule("<xml><Encrypt></Encrypt></xml>"), Rule::Empty("Encrypt"));
}

#[test]
fn an_envelope_for_another_account_is_refused() {
    let mut keys = credentials();
    keys.app_id = AppId::parse("wx0000000000000000").unwrap();
    let refused =
        parse(envelope(computed::REPLY).as_bytes(), Format::Xml, Mode::Safe, &keys, &expected());
    assert_eq!(refused.unwrap_err().rule, Rule::Envelope(EnvelopeError::ForeignAppId));
}

#[test]
fn an_envelope_under_another_key_is_refused() {
    let mut keys = credentials();
    keys.aes_key = EncodingAesKey::from_bytes([7; 43]);
    let refused =
        parse(envelope(computed::REPLY).as_bytes(), Format::Xml, Mode::Safe, &keys, &expected());
    assert!(matches!(refused.unwrap_err().rule, Rule::Envelope(_)));
}

#[test]
fn an_envelope_in_an_envelope_is_no_reply() {
    assert_eq!(rule(&envelope(&envelope(computed::REPLY))), Rule::Missing("ToUserName"));
}

#[test]
fn lines_are_those_of_the_decrypted_message() {
    let message = framed("text", "\n\n<Content></Content>");
    let refused = read(&envelope(&message), Format::Xml, Mode::Safe).unwrap_err();
    assert_eq!(refused.rule, Rule::Empty("Content"));
    let line = refused.line.unwrap();
    assert_eq!((line.number, line.text.as_str()), (3, "<Content></Content></xml>"));
}
