//! Files that people send.

use insta::assert_snapshot;
use testkit::{Answer, on_both};

use super::{Script, person};

/// The smallest picture there is.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00\x00\
    \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// AMR of one second: 50 frames of 12.2 kbit/s.
fn amr() -> Vec<u8> {
    let mut bytes = b"#!AMR\n".to_vec();
    for _ in 0..50 {
        bytes.push(0x3c);
        bytes.extend([0; 31]);
    }
    bytes
}

async fn upload(script: &Script, kind: &str, bytes: &[u8]) -> testkit::Reply {
    script.app.upload(&format!("{}/media?type={kind}", script.person), "file", bytes).await
}

on_both! {
    async fn a_picture_is_pushed_and_can_be_fetched(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::text(""));
        let stored = upload(&script, "image", GIF).await;
        assert_snapshot!(stored, @r#"{"media_id":"[id]"}"#);
        let fields = format!(r#","type":"image","media_id":"{}""#, stored.field("/media_id"));
        let sent = script.act("send", &fields).await;
        assert_eq!(sent.field("/deliveries/0/status"), "acknowledged", "{sent}");
        let push = server.received().pop().expect("a push");
        let picture =
            push.element("PicUrl").expect("an address").replace("http://teahouse.test", "");
        assert_eq!(app.get(&picture).await.body, GIF);
        let token = app.token_of(&script.account).await;
        let media_id = push.element("MediaId").expect("a media id").to_owned();
        let path = format!("/cgi-bin/media/get?access_token={token}&media_id={media_id}");
        assert_eq!(app.call("GET", &path).send().await.body, GIF);
        assert_eq!(script.inbox("").await.field("/messages/0/media_id"), media_id);
    }

    async fn a_recording_has_a_format_and_a_length(app) {
        let script = Script::alone(&app).await;
        let stored = upload(&script, "voice", &amr()).await.field("/media_id");
        script.act("send", &format!(r#","type":"voice","media_id":"{stored}""#)).await;
        let inbox = script.inbox("").await;
        assert_eq!(inbox.field("/messages/0/format"), "amr");
        assert_eq!(inbox.field("/messages/0/duration_ms"), "1000");
    }

    async fn content_decides_what_a_file_is(app) {
        let script = Script::alone(&app).await;
        for kind in ["voice", "video", "shortvideo"] {
            let refused = upload(&script, kind, GIF).await;
            assert_eq!(
                (refused.status, refused.field("/error")),
                (415, "wrong_type".to_owned()),
                "{kind}"
            );
        }
        assert_eq!(upload(&script, "thumb", GIF).await.field("/error"), "bad_request");
        assert_eq!(app.upload("/sandbox/people/x/media?type=image", "a", GIF).await.status, 404);
    }

    async fn anothers_file_is_not_found(app) {
        let script = Script::alone(&app).await;
        let other = person(&app, "陌生人").await;
        let stored = app.upload(&format!("{other}/media?type=image"), "a", GIF).await;
        let fields = format!(r#","type":"image","media_id":"{}""#, stored.field("/media_id"));
        let reply = script.act("send", &fields).await;
        assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有找到，可能已被删除。"}"#);
    }
}
