//! The three modes, and JSON beside XML: what goes out, signed and encrypted.

use serde_json::{Value, json};
use testkit::{Received, on_both};
use wire::callback::{Format, Mode};
use wire::ids::{EncodingAesKey, Token};
use wire::{envelope, sign};

use super::{Talk, outcome};

/// The signature over token, timestamp and nonce, as a receiver computes it.
fn assert_signed(talk: &Talk, push: &Received) {
    let part = |name| push.query(name).unwrap_or_default();
    let token = &talk.account.token;
    let expected = sign::signature(token, &part("timestamp"), &part("nonce"));
    assert_eq!(part("signature"), expected);
    assert_eq!(part("openid"), talk.openid);
}

/// What is inside the envelope of a push, as a receiver opens it.
fn open(talk: &Talk, push: &Received, encrypted: &str) -> String {
    let part = |name| push.query(name).unwrap_or_default();
    assert_eq!(part("encrypt_type"), "aes");
    let (token, key): (&Token, &EncodingAesKey) = (&talk.account.token, &talk.account.aes_key);
    let expected = sign::msg_signature(token, &part("timestamp"), &part("nonce"), encrypted);
    assert_eq!(part("msg_signature"), expected);
    let opened = envelope::decrypt(key, &talk.account.app_id, encrypted).expect("our own key");
    String::from_utf8(opened).expect("a message is UTF-8")
}

async fn pushed(talk: &Talk) -> Received {
    let acted = talk.say("一壶龙井").await;
    assert_eq!(outcome(&acted).0, "acknowledged");
    talk.server.wait_for(1).await.remove(0)
}

on_both! {
    async fn a_plain_push_has_the_layout_of_the_official_one(app) {
        let talk = Talk::begin(&app).await;
        let push = pushed(&talk).await;
        assert_signed(&talk, &push);
        assert_eq!(push.query("encrypt_type"), None);
        assert_eq!(push.query("msg_signature"), None);
        let (to, from) = (&talk.account.username, &talk.openid);
        let expected = format!(
            "<xml><ToUserName><![CDATA[{to}]]></ToUserName>\n\
             <FromUserName><![CDATA[{from}]]></FromUserName>\n\
             <CreateTime>1767240000</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n\
             <Content><![CDATA[一壶龙井]]></Content>\n<MsgId>{}</MsgId>\n</xml>",
            push.element("MsgId").expect("messages have numbers"),
        );
        assert_eq!(push.body, expected);
        let header = |name| push.header(name).unwrap_or_default().to_owned();
        assert_eq!(header("User-Agent"), "Mozilla/4.0");
        assert_eq!(header("Accept"), "*/*");
        assert_eq!(header("Pragma"), "no-cache");
        assert_eq!(header("Content-Type"), "text/xml");
        assert_eq!(header("Content-Length"), push.body.len().to_string());
        let names = push.headers.iter().map(|(name, _)| name.to_lowercase());
        assert_eq!(names.filter(|name| name.starts_with("accept-")).count(), 0);
    }

    async fn a_safe_push_hides_everything_but_the_account(app) {
        let talk = Talk::begin_in(&app, Mode::Safe, Format::Xml).await;
        let push = pushed(&talk).await;
        assert_signed(&talk, &push);
        assert_eq!(push.element("Content"), None);
        let inside = open(&talk, &push, push.element("Encrypt").expect("an envelope"));
        assert!(inside.contains("<Content><![CDATA[一壶龙井]]></Content>"), "{inside}");
    }

    async fn a_compatible_push_says_it_twice(app) {
        let talk = Talk::begin_in(&app, Mode::Compatible, Format::Xml).await;
        let push = pushed(&talk).await;
        assert_signed(&talk, &push);
        assert_eq!(push.element("Content"), Some("一壶龙井"));
        let inside = open(&talk, &push, push.element("Encrypt").expect("an envelope"));
        assert!(inside.contains("<Content><![CDATA[一壶龙井]]></Content>"), "{inside}");
    }

    async fn json_is_pushed_where_the_account_wants_it(app) {
        let talk = Talk::begin_in(&app, Mode::Plain, Format::Json).await;
        let push = pushed(&talk).await;
        assert_signed(&talk, &push);
        assert_eq!(push.header("Content-Type"), Some("application/json"));
        let body: Value = serde_json::from_str(&push.body).expect("json");
        assert_eq!(body["Content"], json!("一壶龙井"));
        assert_eq!(body["CreateTime"], json!(1_767_240_000));
        assert!(body["MsgId"].is_number(), "{body}");
    }

    async fn json_is_encrypted_in_safe_mode(app) {
        let talk = Talk::begin_in(&app, Mode::Safe, Format::Json).await;
        let push = pushed(&talk).await;
        let body: Value = serde_json::from_str(&push.body).expect("json");
        let inside = open(&talk, &push, body["Encrypt"].as_str().expect("an envelope"));
        let inside: Value = serde_json::from_str(&inside).expect("json");
        assert_eq!(inside["FromUserName"], json!(talk.openid));
    }
}
