//! Vectors published by the platform, and some computed for this project by other means.

use wire::envelope::{EnvelopeError, decrypt, encrypt};
use wire::ids::{AppId, EncodingAesKey, Token};
use wire::sign::{card_signature, jsapi_signature, matches, msg_signature, signature};

/// What the platform published (消息加解密说明).
pub(crate) mod published {
    pub(crate) const TOKEN: &str = "AAAAA";
    pub(crate) const AES_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    pub(crate) const APP_ID: &str = "wxba5fad812f8e6fb9";
    pub(crate) const ENCRYPT: &str = "\
        +qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG\
        QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrf\
        MZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgR\
        tWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=";
    pub(crate) const MESSAGE: &str = "{\"ToUserName\":\"gh_97417a04a28d\",\
        \"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\",\"CreateTime\":1714112445,\
        \"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"hello world\"}";
    pub(crate) const REPLY_ENCRYPT: &str = "\
        ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==";
}

/// Computed with another implementation.
pub(crate) mod computed {
    pub(crate) const TOKEN: &str = "officialtest2024";
    pub(crate) const AES_KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZkZFRENCQTk4NzY1NDMyMTA";
    pub(crate) const APP_ID: &str = "wx0a1b2c3d4e5f6071";
    pub(crate) const RANDOM: [u8; 16] = *b"abcdEFGH12345678";
    pub(crate) const PUSH: &str = "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>\n\
        <FromUserName><![CDATA[oABCD0123456789abcdefghijklm]]></FromUserName>\n\
        <CreateTime>1760000000</CreateTime>\n\
        <MsgType><![CDATA[text]]></MsgType>\n\
        <Content><![CDATA[你好, hello]]></Content>\n\
        <MsgId>24901234567890123</MsgId>\n\
        </xml>";
    pub(crate) const PUSH_ENCRYPT: &str = "\
        vQK3vBz49v3V+CmZ1sUF53I8NxYj9eWhx4wGA9u9DUVz2ANDk0WEAIlLx9ybr/z4LA58+yA8QWNa585qFPXvmCHi\
        SmHWwJXRnOvu5vkPUqjCn9dj8GZoA6pTL1gbO3ymPqx0FJNPBL8UYwIigKfbD82bbFS926byJFc+pKggs2WHLBMb\
        0n9qNtC9mjE8SoZ5pvaj+Bx7ihvI4eX3yyLBeW0mdqlt43iPs5dhL7BkLYwT6Reou925dj5NZTJetUeZ7Iy6DTpR\
        I8R/UcQ8NM5Re0vcxdV4NJjliKt1nt1s08hVXmoTejUFUyfrOuU/Ctfw6ZHCOtLXqVcJdnZwj4RxgceJgxOMdxdf\
        eGVKE6s8TehmDiMG4T7e7SplCAjrq5873HQidO/pQud979KbKzlrLwJqXOloGDMQc2GUvP6nulcbGDSoxGeNaSMv\
        zb9CFy47sMrDEP5md/f7h1DIjrraGQ==";
    pub(crate) const REPLY: &str = "<xml>\
        <ToUserName><![CDATA[oABCD0123456789abcdefghijklm]]></ToUserName>\
        <FromUserName><![CDATA[gh_0123456789ab]]></FromUserName><CreateTime>1760000001</CreateTime>\
        <MsgType><![CDATA[text]]></MsgType><Content><![CDATA[收到]]></Content></xml>";
    pub(crate) const REPLY_ENCRYPT: &str = "\
        vnZRorGMwPe9LbOBuUu76lNP0IN4tI+8GAmgl75fqRBbUi7kmFZ4CzcJa3biJ91vmV397tSGTz6B7QuXPxgs+R7e\
        gMBwURxTVA+29/KYj7XoA7Y7WO2ebfAma8owtpvgmUZE5qduWoAcuoTWPxBERlJu/TTgkgRr9zp9vDiFKEhQDEGH\
        7S8JTPnN0hekI5EMNxVGpul9fJpWcatQXhJvcUSCTPSwJUGmtV6CPc9o7nbuwO3apdE7SbS+KeMlnINlYZpWVtVa\
        1BCYLoBos4oxbQvkTRKnkDnC1Fp5QCwja1vdQVij4zIBlF3p5Hgjsaux7zllufOFNKEQ3LQtWHLpMf0tdarqy6pY\
        XUPKceQPVemm6QO9AOjCCuOo54tU2GTr";
}

fn published_keys() -> (EncodingAesKey, AppId) {
    keys(published::AES_KEY, published::APP_ID)
}

fn computed_keys() -> (EncodingAesKey, AppId) {
    keys(computed::AES_KEY, computed::APP_ID)
}

fn keys(aes_key: &str, app_id: &str) -> (EncodingAesKey, AppId) {
    let aes_key = EncodingAesKey::parse(aes_key).expect("a key");
    (aes_key, AppId::parse(app_id).expect("an appid"))
}

#[test]
fn requests_are_signed_as_published() {
    let token = Token::parse(published::TOKEN).unwrap();
    for (timestamp, nonce, expected) in [
        ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        ("1714112445", "415670741", "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
    ] {
        assert_eq!(signature(&token, timestamp, nonce), expected);
    }
}

#[test]
fn requests_are_signed_as_computed() {
    let token = Token::parse(computed::TOKEN).unwrap();
    let expected = "d7ef54a2a85944fd7f7d604662e5c3c5fb3a82f8";
    assert_eq!(signature(&token, "1760000000", "1893466174"), expected);
}

#[test]
fn encrypted_messages_are_signed_as_published() {
    let token = Token::parse(published::TOKEN).unwrap();
    assert_eq!(
        msg_signature(&token, "1714112445", "415670741", published::ENCRYPT),
        "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    );
    assert_eq!(
        msg_signature(&token, "1713424427", "415670741", published::REPLY_ENCRYPT),
        "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
    );
}

#[test]
fn encrypted_messages_are_signed_as_computed() {
    let token = Token::parse(computed::TOKEN).unwrap();
    assert_eq!(
        msg_signature(&token, "1760000000", "1893466174", computed::PUSH_ENCRYPT),
        "df0507bbab38020be34a8b65f9dd403f82f07303"
    );
    assert_eq!(
        msg_signature(&token, "1760000001", "1893466174", computed::REPLY_ENCRYPT),
        "3ca4e06f74f9fadb64d08a8233e62b7e6ca07342"
    );
}

#[test]
fn messages_are_encrypted_as_published() {
    let (key, app_id) = published_keys();
    for (random, message, encrypted) in [
        (*b"a8eedb185eb2fecf", published::MESSAGE, published::ENCRYPT),
        (*b"707722b803182950", r#"{"demo_resp":"good luck"}"#, published::REPLY_ENCRYPT),
    ] {
        assert_eq!(encrypt(&key, &app_id, message.as_bytes(), random), encrypted);
        assert_eq!(decrypt(&key, &app_id, encrypted).unwrap(), message.as_bytes());
    }
}

#[test]
fn messages_are_encrypted_as_computed() {
    let (key, app_id) = computed_keys();
    for (random, message, encrypted) in [
        (computed::RANDOM, computed::PUSH, computed::PUSH_ENCRYPT),
        (*b"ZYXWvuts87654321", computed::REPLY, computed::REPLY_ENCRYPT),
    ] {
        assert_eq!(encrypt(&key, &app_id, message.as_bytes(), random), encrypted);
        assert_eq!(decrypt(&key, &app_id, encrypted).unwrap(), message.as_bytes());
    }
}

#[test]
fn a_message_that_fills_its_blocks_gets_a_whole_block_of_padding() {
    let (key, app_id) = computed_keys();
    let encrypted = "vQK3vBz49v3V+CmZ1sUF5w/RukBj6s/MREni6hUyLbSFy27lDQkFCETBcnFgb+ap+N1T81gHHNS4\
        lhawNugb5CFuQtvZNCbsXE/eaTa7W1jxIQkdu8Y5SUoT1ItsaM+v";
    let message = [b'x'; 26];
    assert_eq!(encrypt(&key, &app_id, &message, computed::RANDOM), encrypted);
    assert_eq!(decrypt(&key, &app_id, encrypted).unwrap(), message);
    let token = Token::parse(computed::TOKEN).unwrap();
    assert_eq!(
        msg_signature(&token, "1760000000", "1893466174", encrypted),
        "59f9f0b8ffc259f84a8662dfb7a08a07aef4dfc4"
    );
}

#[test]
fn padding_may_be_longer_than_a_cipher_block() {
    let (key, app_id) = computed_keys();
    let encrypted = "vQK3vBz49v3V+CmZ1sUF5476ip2MGTmHMuJETcLMzFb8psOk9ceoyGos8vkIFm1EtiZh+9od6yQ\
        VT87u2lQDtw==";
    assert_eq!(encrypt(&key, &app_id, b"y", computed::RANDOM), encrypted);
    assert_eq!(decrypt(&key, &app_id, encrypted).unwrap(), b"y");
}

#[test]
fn broken_lines_and_missing_padding_of_base64_are_accepted() {
    let (key, app_id) = computed_keys();
    let mut sloppy = computed::PUSH_ENCRYPT.trim_end_matches('=').to_owned();
    sloppy.insert_str(76, "\r\n");
    sloppy.push('\n');
    assert_eq!(decrypt(&key, &app_id, &sloppy).unwrap(), computed::PUSH.as_bytes());
}

#[test]
fn a_key_whose_unused_bits_are_set_opens_the_same_messages() {
    let (_, app_id) = computed_keys();
    let last_bits_set = computed::AES_KEY.replace("MTA", "MTB");
    let key = EncodingAesKey::parse(&last_bits_set).unwrap();
    let opened = decrypt(&key, &app_id, computed::PUSH_ENCRYPT).unwrap();
    assert_eq!(opened, computed::PUSH.as_bytes());
}

#[test]
fn a_message_for_another_account_stays_closed() {
    let (key, _) = computed_keys();
    let other = AppId::parse("wx0000000000000000").unwrap();
    let refused = decrypt(&key, &other, computed::PUSH_ENCRYPT);
    assert_eq!(refused, Err(EnvelopeError::ForeignAppId));
}

#[test]
fn a_message_under_another_key_stays_closed() {
    let (_, app_id) = computed_keys();
    let (other_key, _) = published_keys();
    let refused = decrypt(&other_key, &app_id, computed::PUSH_ENCRYPT);
    assert!(matches!(refused, Err(EnvelopeError::CutShort | EnvelopeError::ForeignAppId)));
}

#[test]
fn what_is_no_ciphertext_stays_closed() {
    let (key, app_id) = computed_keys();
    for text in ["", "=", "====", "你好", "vQK3", "vQK3vBz49v3V+CmZ1sUF5"] {
        assert_eq!(decrypt(&key, &app_id, text), Err(EnvelopeError::NotCiphertext), "{text}");
    }
    let one_block = &computed::PUSH_ENCRYPT[..22];
    assert_eq!(decrypt(&key, &app_id, one_block), Err(EnvelopeError::CutShort));
}

#[test]
fn pages_are_signed_as_published_and_computed() {
    let published = jsapi_signature(
        "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
        "Wm3WZYTPz0wzccnW",
        "1414587457",
        "http://mp.weixin.qq.com?params=value",
    );
    assert_eq!(published, "0f9de62fce790f9a083d5c99e95740ceb90c27ed");
    let page =
        "https://h5.example.com/article/7?from=timeline&isappinstalled=0&q=%E4%BD%A0%E5%A5%BD";
    for url in [page.to_owned(), format!("{page}#comments")] {
        let computed = jsapi_signature(
            "LIKLckvwlJT9cWIhEQTwfJx0Zt1yQmUqSbKqB3yQvT5mV2n8oP0rS4uW6xY7zA9b\
             CdEfGhIjKlMnOpQrStUvWx",
            "Zx9Kq3Lm7Pw2Rt5Y",
            "1760000000",
            &url,
        );
        assert_eq!(computed, "c884f6ea06dfcd654413169db785534e07cd0dd4");
    }
}

#[test]
fn cards_are_signed_whatever_the_order_of_their_values() {
    let expected = "9bb8333aefb746843c457a8d3b259e6465347ee7";
    let mut values = [
        "1760000000",
        "E0o2-at6NcC2OsJiQTlwlKuApiTicketForCardUse",
        "Zx9Kq3Lm7Pw2Rt5Y",
        "pABCD0123456789abcdefghijklm",
    ];
    assert_eq!(card_signature(values), expected);
    values.reverse();
    assert_eq!(card_signature(values), expected);
}

#[test]
fn signatures_match_only_themselves() {
    let signed = "d7ef54a2a85944fd7f7d604662e5c3c5fb3a82f8";
    assert!(matches(signed, signed));
    for other in ["", &signed[1..], "d7ef54a2a85944fd7f7d604662e5c3c5fb3a82f9"] {
        assert!(!matches(signed, other), "{other}");
    }
}
