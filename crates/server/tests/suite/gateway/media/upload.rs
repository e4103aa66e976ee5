//! `POST /cgi-bin/media/upload`

use insta::assert_snapshot;
use testkit::on_both;

use super::{MP4, PNG, amr, jpeg};

const PATH: &str = "/cgi-bin/media/upload";

const MIB: usize = 1 << 20;

on_both! {
    async fn each_type_is_stored_and_a_cover_s_id_has_its_own_name(app) {
        let ask = async |kind: &str, bytes: &[u8]| {
            app.upload(&format!("{PATH}?type={kind}"), "茶 1.bin", bytes).await
        };
        assert_snapshot!(
            ask("image", PNG).await,
            @r#"{"type":"image","media_id":"[media_id]","created_at":1767240000}"#
        );
        assert_snapshot!(
            ask("voice", &amr(3_000)).await,
            @r#"{"type":"voice","media_id":"[media_id]","created_at":1767240000}"#
        );
        assert_snapshot!(
            ask("video", MP4).await,
            @r#"{"type":"video","media_id":"[media_id]","created_at":1767240000}"#
        );
        assert_snapshot!(
            ask("thumb", &jpeg()).await,
            @r#"{"type":"thumb","thumb_media_id":"[media_id]","created_at":1767240000}"#
        );
    }

    async fn the_type_may_be_a_field_and_the_part_may_have_another_name(app) {
        let path = format!("{PATH}?access_token={}", app.token().await);
        let part = "--b\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage\r\n\
                    --b\r\nContent-Disposition: form-data; name=\"upload\"; \
                    filename=\"%E8%8C%B6\"\r\n\
                    Content-Transfer-Encoding: binary\r\n\r\n";
        let body = [part.as_bytes(), PNG, b"\r\n--b--\r\n"].concat();
        let kind = "multipart/form-data; boundary=b";
        let call = app.call("POST", &path).header("content-type", kind).body(body);
        let reply = call.send().await;
        assert_snapshot!(
            reply,
            @r#"{"type":"image","media_id":"[media_id]","created_at":1767240000}"#
        );
    }

    async fn content_decides_and_not_the_name(app) {
        let ask = async |kind: &str, name: &str, bytes: &[u8]| {
            app.upload(&format!("{PATH}?type={kind}"), name, bytes).await.to_string()
        };
        let wrong = r#"{"errcode":40005,"errmsg":"invalid file type rid: [rid]"}"#;
        assert_eq!(ask("image", "a.jpg", b"no picture at all").await, wrong);
        assert_eq!(ask("video", "a.mp4", PNG).await, wrong);
        assert_eq!(ask("thumb", "a.jpg", PNG).await, wrong);
        assert_eq!(ask("voice", "a.amr", MP4).await, wrong);
    }

    async fn each_limit_has_its_code(app) {
        let ask = async |kind: &str, bytes: &[u8]| {
            app.upload(&format!("{PATH}?type={kind}"), "file", bytes).await.to_string()
        };
        let large = |head: &[u8], bytes: usize| {
            let mut file = head.to_vec();
            file.resize(bytes, 0);
            file
        };
        assert_snapshot!(
            ask("image", &large(PNG, 10 * MIB + 1)).await,
            @r#"{"errcode":40009,"errmsg":"invalid image size rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("voice", &large(b"#!AMR\n", 2 * MIB + 1)).await,
            @r#"{"errcode":40010,"errmsg":"invalid voice size rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("video", &large(MP4, 10 * MIB + 1)).await,
            @r#"{"errcode":40011,"errmsg":"invalid video size rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("thumb", &large(&jpeg(), 65_537)).await,
            @r#"{"errcode":40012,"errmsg":"invalid thumb size rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("voice", &amr(3_001)).await,
            @r#"{"errcode":45007,"errmsg":"playtime out of limit rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("image", b"").await,
            @r#"{"errcode":44001,"errmsg":"empty media data rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("image", &large(PNG, 10 * MIB)).await,
            @r#"{"type":"image","media_id":"[media_id]","created_at":1767240000}"#
        );
    }

    async fn an_unknown_type_is_40004_and_no_file_41005(app) {
        for query in ["", "?type=", "?type=news", "?type=picture"] {
            let reply = app.upload(&format!("{PATH}{query}"), "a.png", PNG).await;
            assert_snapshot!(
                reply,
                @r#"{"errcode":40004,"errmsg":"invalid media type rid: [rid]"}"#
            );
        }
        for body in ["", "{}", "media=x"] {
            let reply = app.post(&format!("{PATH}?type=image"), body).await;
            assert_snapshot!(
                reply,
                @r#"{"errcode":41005,"errmsg":"media data missing rid: [rid]"}"#
            );
        }
    }
}
