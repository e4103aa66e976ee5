//! Writing to an account.

use insta::assert_snapshot;
use testkit::{DeveloperServer, NewTestAccount, on_both};

use super::{Browser, GIF, address, texts};

on_both! {
    async fn a_text_is_stored_and_shown(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let sent = lin.say(&path, "k1", " 有 茶 吗 ").await;
        assert_snapshot!(sent, @r#"201 {"message":{"cursor":"1.1.0","seq":"1","from":"person","type":"text","content":" 有 茶 吗 ","created_at":"2026-01-01T04:00:00Z","key":"k1"}}"#);
    }

    async fn the_same_key_again_doubles_nothing(app) {
        let server = DeveloperServer::start().await;
        let account = app.create_account(NewTestAccount::with_server(&server.url())).await;
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(&account).await;
        app.drain().await;
        server.forget();
        let first = lin.say(&path, "k1", "一").await;
        let again = lin.say(&path, "k1", "二").await;
        assert_eq!((first.status, again.status), (201, 200));
        assert_eq!(first.text(), again.text());
        app.drain().await;
        assert_eq!(server.received().len(), 1, "pushed once");
        assert_eq!(texts(&lin.get(&format!("{path}/messages")).await), ["一"]);
    }

    async fn two_at_once_of_one_key_are_one(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let (a, b) = tokio::join!(lin.say(&path, "k", "一"), lin.say(&path, "k", "一"));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!((statuses, a.text()), ([200, 201], b.text()));
    }

    async fn two_people_may_use_one_key(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mei = Browser::of(&app, "Mei").await;
        let path = lin.follow(app.account()).await;
        mei.follow(app.account()).await;
        assert_eq!(lin.say(&path, "k", "一").await.status, 201);
        assert_eq!(mei.say(&path, "k", "二").await.status, 201);
    }

    async fn only_followers_write(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = address(&app, app.account());
        let reply = lin.say(&path, "k", "hi").await;
        assert_snapshot!(reply, @r#"409 {"error":"not_following","message":"还没有关注这个公众号，关注后再发。"}"#);
        let nowhere = format!("/accounts/{}", lin.person);
        assert_eq!(lin.say(&nowhere, "k", "hi").await.status, 404);
    }

    async fn a_text_has_bounds(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let blank = lin.say(&path, "k", " \\n ").await;
        assert_snapshot!(blank, @r#"422 {"error":"invalid","message":"内容不能为空，最多 2000 个字。"}"#);
        assert_eq!(lin.say(&path, "k", &"长".repeat(2_001)).await.status, 422);
        assert_eq!(lin.say(&path, "k", &"长".repeat(2_000)).await.status, 201);
        let huge = lin.say(&path, "k2", &"x".repeat(70_000)).await;
        assert_snapshot!(huge, @r#"413 {"error":"too_large","message":"太大了，最多 64 KB。"}"#);
    }

    async fn a_key_has_bounds(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let reply = lin.say(&path, "", "hi").await;
        assert_snapshot!(reply, @r#"422 {"error":"invalid","message":"key 需要 1 到 64 个字符。"}"#);
        assert_eq!(lin.say(&path, &"k".repeat(65), "hi").await.status, 422);
        assert_eq!(lin.say(&path, &"键".repeat(64), "hi").await.status, 201);
    }

    async fn other_forms_are_refused(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = format!("{}/messages", lin.follow(app.account()).await);
        let unknown = lin.post(&path, r#"{"key":"k","type":"text","content":"a","to":"b"}"#).await;
        assert_snapshot!(
            unknown,
            @r#"400 {"error":"unknown_field","message":"没有“to”这个字段，看看是不是拼错了。"}"#
        );
        for body in [
            r#"{"key":"k","type":"voice"}"#,
            r#"{"key":"k"}"#,
            "[]",
            "{",
            r#"{"key":"k","type":"text"}"#,
        ] {
            let reply = lin.post(&path, body).await;
            assert_eq!(reply.field("/error"), "bad_request", "{body}");
        }
        let zero = lin.post(&path, r#"{"key":"k","type":"text","content":"a\u0000b"}"#).await;
        assert_eq!((zero.status, zero.field("/error")), (400, "bad_request".to_owned()));
    }

    async fn a_picture_is_uploaded_and_sent(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let upload = lin.upload(GIF).await.field("/upload");
        let body = format!(r#"{{"key":"k","type":"image","upload":"{upload}"}}"#);
        let sent = lin.post(&format!("{path}/messages"), &body).await;
        assert_snapshot!(sent, @r#"201 {"message":{"cursor":"1.1.0","seq":"1","from":"person","type":"image","media_id":"[media_id]","url":"http://teahouse.test/media/[id]","width":1,"height":1,"created_at":"2026-01-01T04:00:00Z","key":"k"}}"#);
        let url = sent.field("/message/url").replace("http://teahouse.test", "");
        assert_eq!(app.get(&url).await.body, GIF);
    }

    async fn anothers_upload_is_not_found(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mei = Browser::of(&app, "Mei").await;
        let path = format!("{}/messages", mei.follow(app.account()).await);
        let upload = lin.upload(GIF).await.field("/upload");
        for upload in [upload.as_str(), "nothing", lin.person.as_str()] {
            let body = format!(r#"{{"key":"k","type":"image","upload":"{upload}"}}"#);
            let reply = mei.post(&path, &body).await;
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有找到，可能已被删除。"}"#);
        }
    }
}
