//! The three callback modes, in both formats.

use wire::callback::{Format, Mode};
use wire::envelope::decrypt;
use wire::ids::Token;
use wire::push::{Body, Content, Event, Push, Pushed, Stamp, render, verification_query};

use crate::credentials;
use crate::push::{STAMP, message, plain, push, text};
use crate::vectors::{computed, published};

fn hello() -> Push {
    message(24_901_234_567_890_123, text("你好, hello"))
}

fn rendered(format: Format, mode: Mode) -> (String, Pushed) {
    let pushed = render(&hello(), format, mode, &credentials(), &STAMP);
    (String::from_utf8(pushed.body.clone()).expect("a text"), pushed)
}

fn names(pushed: &Pushed) -> Vec<&str> {
    pushed.query.iter().map(|(name, _)| *name).collect()
}

#[test]
fn the_plain_mode_signs_and_encrypts_nothing() {
    let (body, pushed) = rendered(Format::Xml, Mode::Plain);
    assert_eq!(body, computed::PUSH);
    assert_eq!(
        pushed.query,
        [
            ("signature", "d7ef54a2a85944fd7f7d604662e5c3c5fb3a82f8".to_owned()),
            ("timestamp", "1760000000".to_owned()),
            ("nonce", "1893466174".to_owned()),
            ("openid", "oABCD0123456789abcdefghijklm".to_owned()),
        ]
    );
    assert_eq!(pushed.content_type, "text/xml");
}

#[test]
fn the_safe_mode_sends_only_the_receiver_and_the_ciphertext() {
    let (body, pushed) = rendered(Format::Xml, Mode::Safe);
    assert_eq!(
        body,
        format!(
            "<xml>\n    <ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>\n    \
             <Encrypt><![CDATA[{}]]></Encrypt>\n</xml>\n",
            computed::PUSH_ENCRYPT
        )
    );
    assert_eq!(
        names(&pushed),
        ["signature", "timestamp", "nonce", "openid", "encrypt_type", "msg_signature"]
    );
    assert_eq!(pushed.query[0].1, "d7ef54a2a85944fd7f7d604662e5c3c5fb3a82f8");
    assert_eq!(pushed.query[4].1, "aes");
    assert_eq!(pushed.query[5].1, "df0507bbab38020be34a8b65f9dd403f82f07303");
}

#[test]
fn the_compatible_mode_adds_the_ciphertext_to_the_plain_fields() {
    let (body, pushed) = rendered(Format::Xml, Mode::Compatible);
    assert_eq!(
        body,
        format!(
            "<xml>\n    <ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>\n    \
             <FromUserName><![CDATA[oABCD0123456789abcdefghijklm]]></FromUserName>\n    \
             <CreateTime>1760000000</CreateTime>\n    \
             <MsgType><![CDATA[text]]></MsgType>\n    \
             <Content><![CDATA[你好, hello]]></Content>\n    \
             <MsgId>24901234567890123</MsgId>\n    \
             <Encrypt><![CDATA[{}]]></Encrypt>\n</xml>\n",
            computed::PUSH_ENCRYPT
        )
    );
    assert_eq!(names(&pushed).len(), 6);
    assert_eq!(pushed.query[5].1, "df0507bbab38020be34a8b65f9dd403f82f07303");
}

#[test]
fn json_is_one_flat_object_with_numbers() {
    let (body, pushed) = rendered(Format::Json, Mode::Plain);
    assert_eq!(
        body,
        "{\"ToUserName\":\"gh_0123456789ab\",\"FromUserName\":\"oABCD0123456789abcdefghijklm\",\
         \"CreateTime\":1760000000,\"MsgType\":\"text\",\"Content\":\"你好, hello\",\
         \"MsgId\":24901234567890123}"
    );
    assert_eq!(pushed.content_type, "application/json");
}

#[test]
fn json_escapes_what_must_be_escaped() {
    let body = plain(&message(1, text("a\"b\\c\n\u{1}/d")), Format::Json);
    assert!(body.contains(r#""Content":"a\"b\\c\n\u0001/d""#), "{body}");
}

#[test]
fn places_are_numbers_in_json() {
    let location = Event::Location { latitude: -31.5, longitude: 121.598_755, precision: 30.0 };
    let body = plain(&push(Body::Event(location)), Format::Json);
    let end = r#""Latitude":-31.500000,"Longitude":121.598755,"Precision":30.000000}"#;
    assert!(body.ends_with(end), "{body}");
    serde_json::from_str::<serde_json::Value>(&body).unwrap();
}

#[test]
fn json_in_safe_mode_hides_the_whole_object() {
    let (body, pushed) = rendered(Format::Json, Mode::Safe);
    let object: serde_json::Value = serde_json::from_str(&body).unwrap();
    let encrypt = object["Encrypt"].as_str().unwrap();
    assert_eq!(body, format!(r#"{{"ToUserName":"gh_0123456789ab","Encrypt":"{encrypt}"}}"#));
    let keys = credentials();
    let opened = decrypt(&keys.aes_key, &keys.app_id, encrypt).unwrap();
    assert_eq!(opened, rendered(Format::Json, Mode::Plain).1.body);
    assert_eq!(names(&pushed).len(), 6);
}

#[test]
fn json_in_compatible_mode_ends_in_the_ciphertext() {
    let (body, _) = rendered(Format::Json, Mode::Compatible);
    let (plain, _) = rendered(Format::Json, Mode::Plain);
    assert!(body.starts_with(&format!("{},\"Encrypt\":\"", plain.trim_end_matches('}'))));
}

#[test]
fn a_stamp_takes_its_nonce_and_prefix_from_the_given_bytes() {
    let stamp =
        Stamp::new(1_760_000_000, [0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3, 0xab, 0xcd, 0xef, 9]);
    assert_eq!(stamp.nonce, (1 << 31) - 1);
    assert_eq!(stamp.random, *b"00010203abcdef09");
}

#[test]
fn another_stamp_changes_signature_and_ciphertext_but_not_the_message() {
    let keys = credentials();
    let other = Stamp::new(1_760_000_005, [7; 12]);
    let first = render(&hello(), Format::Xml, Mode::Safe, &keys, &STAMP);
    let second = render(&hello(), Format::Xml, Mode::Safe, &keys, &other);
    assert_ne!(first.query[0], second.query[0]);
    assert_ne!(first.body, second.body);
    let body = String::from_utf8(second.body).unwrap();
    let encrypt = body.split("CDATA[").nth(2).unwrap().split("]]").next().unwrap();
    let opened = decrypt(&keys.aes_key, &keys.app_id, encrypt).unwrap();
    assert_eq!(opened, computed::PUSH.as_bytes());
}

#[test]
fn the_verification_is_never_encrypted() {
    let token = Token::parse(published::TOKEN).unwrap();
    assert_eq!(
        verification_query(&token, 1_714_036_504, 1_514_711_492, 4_375_120_948_345_356_249),
        [
            ("signature", "f464b24fc39322e44b38aa78f5edd27bd1441696".to_owned()),
            ("echostr", "4375120948345356249".to_owned()),
            ("timestamp", "1714036504".to_owned()),
            ("nonce", "1514711492".to_owned()),
        ]
    );
}

#[test]
fn kinds_of_content_have_their_literals() {
    assert_eq!(Content::Unsupported.msg_type(), "text");
    assert_eq!(Event::Click { key: String::new() }.name(), "CLICK");
}
