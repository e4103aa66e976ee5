//! Making, showing and removing accounts; verification of their servers.

use insta::assert_snapshot;
use testkit::{Answer, DeveloperServer, on_both};

/// The body of an account with a callback.
fn with_callback(url: &str) -> String {
    format!(r#"{{"kind":"service","name":"Tea & Co","callback":{{"url":"{url}","token":"tok"}}}}"#)
}

on_both! {
    async fn an_account_is_made_with_all_its_credentials(app) {
        let made =
            app.post("/sandbox/accounts", r#"{"kind":"subscription","name":"云溪茶话"}"#).await;
        assert_snapshot!(made, @r#"201 {"appid":"[appid]","secret":"[hex]","username":"[username]","token":"[hex]","encoding_aes_key":"[aes_key]"}"#);
        let shown = app.get(&format!("/sandbox/accounts/{}", made.field("/appid"))).await;
        assert_snapshot!(shown, @r#"{"appid":"[appid]","username":"[username]","name":"云溪茶话","kind":"subscription","verified":false,"introduction":"","callback":null,"ip_whitelist":[],"format":"xml","recognize_voice":false,"report_location":false,"created_at":"2026-01-01T04:00:00Z"}"#);
    }

    async fn its_credentials_open_the_api(app) {
        let made = app.post("/sandbox/accounts", r#"{"kind":"service","name":"a"}"#).await;
        let (appid, secret) = (made.field("/appid"), made.field("/secret"));
        let path =
            format!("/cgi-bin/token?grant_type=client_credential&appid={appid}&secret={secret}");
        let token = app.call("GET", &path).send().await;
        assert_eq!(token.field("/expires_in"), "7200", "{token}");
    }

    async fn every_field_is_kept(app) {
        let server = DeveloperServer::start().await;
        let body = format!(
            r#"{{"kind":"service","verified":true,"name":"Tea","introduction":"茶","callback":{{"url":"{}","token":"tok","mode":"safe","encoding_aes_key":"{}"}},"ip_whitelist":["127.0.0.1","10.0.0.0/8"],"format":"json","recognize_voice":true,"report_location":true}}"#,
            server.url(),
            "a".repeat(42) + "A"
        );
        let made = app.post("/sandbox/accounts", &body).await;
        assert_eq!((made.status, made.field("/token")), (201, "tok".to_owned()), "{made}");
        assert_eq!(made.field("/encoding_aes_key"), "a".repeat(42) + "A");
        let shown = app.get(&format!("/sandbox/accounts/{}", made.field("/appid"))).await;
        let shown =
            shown.to_string().replace(&server.url().replace(|c: char| c.is_ascii_digit(), ""), "");
        assert!(shown.contains(r#""mode":"safe"}"#), "{shown}");
        assert!(shown.ends_with(r#""ip_whitelist":["127.0.0.1/32","10.0.0.0/8"],"format":"json","recognize_voice":true,"report_location":true,"created_at":"2026-01-01T04:00:00Z"}"#), "{shown}");
    }

    async fn a_server_that_does_not_verify_is_rejected(app) {
        let server = DeveloperServer::start().await;
        server.answer(Answer::text("hello"));
        let rejected = app.post("/sandbox/accounts", &with_callback(&server.url())).await;
        assert_eq!((rejected.status, rejected.field("/error")), (422, "callback_rejected".into()));
        let sentence = "服务器地址没有通过验证：it did not answer the echostr。公众号没有改动。";
        assert_eq!(rejected.field("/message"), sentence);
        server.answer(Answer::status(500, ""));
        let rejected = app.post("/sandbox/accounts", &with_callback(&server.url())).await;
        assert_eq!(rejected.field("/error"), "callback_rejected");
        assert_eq!(
            app.get("/sandbox/accounts").await.json()["accounts"].as_array().map(Vec::len),
            Some(1)
        );
    }

    async fn a_callback_is_set_later_once_it_answers(app) {
        let server = DeveloperServer::start().await;
        let path = format!("/sandbox/accounts/{}/callback", app.account().app_id);
        let body = format!(r#"{{"url":"{}","token":"tok"}}"#, server.url());
        server.answer(Answer::status(404, ""));
        assert_eq!(app.put(&path, &body).await.status, 422);
        let account = format!("/sandbox/accounts/{}", app.account().app_id);
        assert_eq!(app.get(&account).await.field("/callback"), "null", "the former state stays");
        let set = app.put(&path, &body).await;
        assert_eq!((set.status, set.field("/callback/mode")), (200, "plain".to_owned()), "{set}");
        assert_eq!(app.get(&account).await.field("/callback/url"), server.url());
    }

    async fn a_callback_has_shapes(app) {
        let path = format!("/sandbox/accounts/{}/callback", app.account().app_id);
        let cases = [
            (r#"{"url":"ftp://a","token":"tok"}"#, "invalid"),
            (r#"{"url":"http://a/","token":"t!"}"#, "invalid"),
            (r#"{"url":"http://a/","token":"tok","encoding_aes_key":"short"}"#, "invalid"),
            (r#"{"url":"http://a/","token":"tok","mode":"secret"}"#, "bad_request"),
            (r#"{"url":"http://a/"}"#, "bad_request"),
            (r#"{"url":"http://a/","token":"tok","key":"x"}"#, "unknown_field"),
        ];
        for (body, error) in cases {
            assert_eq!(app.put(&path, body).await.field("/error"), error, "{body}");
        }
        assert_eq!(
            app.put("/sandbox/accounts/wx0/callback", r#"{"url":"http://a/","token":"tok"}"#)
                .await
                .status,
            404
        );
    }

    async fn an_account_has_bounds(app) {
        let cases = [
            (r#"{"kind":"service","name":" "}"#, "invalid"),
            (r#"{"kind":"service","name":"a","ip_whitelist":["home"]}"#, "invalid"),
            (r#"{"kind":"robot","name":"a"}"#, "bad_request"),
            (r#"{"name":"a"}"#, "bad_request"),
            (r#"{"kind":"service","name":"a","verfied":true}"#, "unknown_field"),
            (
                r#"{"kind":"service","name":"a","callback":{"url":"http://a/","tokn":"tok"}}"#,
                "unknown_field",
            ),
        ];
        for (body, error) in cases {
            assert_eq!(app.post("/sandbox/accounts", body).await.field("/error"), error, "{body}");
        }
    }

    async fn accounts_are_listed_newest_first(app) {
        for name in ["甲", "乙"] {
            app.post("/sandbox/accounts", &format!(r#"{{"kind":"service","name":"{name}"}}"#))
                .await;
        }
        let first = app.get("/sandbox/accounts?limit=1").await;
        assert_eq!(first.field("/accounts/0/name"), "乙");
        let rest =
            app.get(&format!("/sandbox/accounts?after={}", first.field("/accounts/0/appid"))).await;
        assert_eq!(rest.field("/accounts/1/name"), "半山茶铺");
        assert_eq!(app.get("/sandbox/accounts?after=wx0").await.status, 404);
    }

    async fn a_removed_account_is_gone(app) {
        let path = format!("/sandbox/accounts/{}", app.account().app_id);
        assert_snapshot!(app.delete(&path).await, @"{}");
        for reply in [app.get(&path).await, app.delete(&path).await] {
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有这个 AppID 的公众号。"}"#);
        }
        assert_snapshot!(app.get("/sandbox/accounts").await, @r#"{"accounts":[]}"#);
    }
}
