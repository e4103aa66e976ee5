//! Uploads, and the addresses of files.

use std::time::Duration;

use insta::assert_snapshot;
use testkit::on_both;

use super::{Browser, GIF};

on_both! {
    async fn a_picture_is_stored_and_fetched_without_a_cookie(app) {
        let lin = Browser::of(&app, "林夏").await;
        let stored = lin.upload(GIF).await;
        assert_snapshot!(stored, @r#"201 {"upload":"[id]","type":"image","url":"http://teahouse.test/media/[id]","width":1,"height":1,"size_bytes":43,"content_type":"image/gif"}"#);
        let path = stored.field("/url").replace("http://teahouse.test", "");
        let file = app.get(&path).await;
        assert_eq!((file.status, file.content_type(), &file.body[..]), (200, "image/gif", GIF));
        assert_eq!(file.header("content-security-policy"), Some("sandbox"));
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(file.header("content-disposition"), Some("inline"));
        assert_eq!(file.header("cache-control"), Some("public, max-age=31536000, immutable"));
    }

    async fn an_address_dies_with_its_file(app) {
        let lin = Browser::of(&app, "林夏").await;
        let url = lin.upload(GIF).await.field("/url").replace("http://teahouse.test", "");
        app.advance(Duration::from_secs(3 * 86_400)).await;
        let reply = app.get(&url).await;
        assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有找到，可能已被删除。"}"#);
    }

    async fn what_is_no_file_of_ours_is_not_found(app) {
        let lin = Browser::of(&app, "林夏").await;
        for id in [lin.person.as_str(), "x", "AAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(app.get(&format!("/media/{id}")).await.status, 404);
        }
    }

    async fn only_pictures_are_taken(app) {
        let lin = Browser::of(&app, "林夏").await;
        let refused = lin.upload(b"<svg onload=alert(1)>").await;
        assert_snapshot!(
            refused,
            @r#"415 {"error":"wrong_type","message":"不支持这种文件，换成 JPG, PNG, GIF, BMP。"}"#
        );
        let voice = lin.call("POST", "/uploads?type=voice").file("media", "a", GIF).send().await;
        assert_eq!(voice.field("/error"), "bad_request");
    }

    async fn a_file_has_bounds(app) {
        let lin = Browser::of(&app, "林夏").await;
        for size in [(10 << 20) + 1, (11 << 20) + 4_096] {
            let mut large = GIF.to_vec();
            large.resize(size, 0);
            let refused = lin.upload(&large).await;
            assert_snapshot!(refused, @r#"413 {"error":"too_large","message":"太大了，最多 10 MB。"}"#);
        }
        assert_eq!(lin.upload(b"").await.field("/error"), "bad_request");
    }

    async fn the_form_is_multipart_with_a_part_named_media(app) {
        let lin = Browser::of(&app, "林夏").await;
        let upload = || lin.call("POST", "/uploads?type=image");
        let json = upload().json("{}").send().await;
        assert_snapshot!(
            json,
            @r#"415 {"error":"wrong_type","message":"请求体的类型应为 multipart/form-data。"}"#
        );
        let other = upload().file("file", "tea.gif", GIF).send().await;
        assert_snapshot!(
            other,
            @r#"400 {"error":"bad_request","message":"请求的格式不对：multipart: media。"}"#
        );
        let stranger =
            app.call("POST", "/api/client/v1/uploads?type=image").file("media", "a", GIF);
        assert_eq!(stranger.send().await.status, 401);
    }
}
