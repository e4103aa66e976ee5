//! What holds for every path: origins, types, methods, languages.

use insta::assert_snapshot;
use testkit::on_both;

use super::Browser;

on_both! {
    async fn a_foreign_page_writes_nothing(app) {
        let post = |origin: &str| {
            let call = app.call("POST", "/api/client/v1/people").header("origin", origin);
            call.json(r#"{"nickname":"a"}"#).send()
        };
        for origin in ["http://evil.example", "null", "http://127.0.0.1:1"] {
            let reply = post(origin).await;
            assert_snapshot!(reply, @r#"403 {"error":"not_allowed","message":"只接受本站页面发出的请求。"}"#);
        }
        assert_eq!(post(&app.url()).await.status, 201, "our own page");
        assert_eq!(post("http://teahouse.test").await.status, 201, "the public address");
    }

    async fn bodies_are_json(app) {
        let reply = app.call("POST", "/api/client/v1/people").body(r#"{"nickname":"a"}"#);
        let reply = reply.send().await;
        assert_eq!((reply.status, reply.field("/error")), (415, "wrong_type".into()));
        assert_eq!(reply.field("/message"), "请求体的类型应为 application/json。");
        let reply = app.call("POST", "/api/client/v1/people").header("content-type", "text/plain");
        assert_eq!(reply.body("{}").send().await.status, 415);
        let reply = app.call("POST", "/api/client/v1/people");
        let reply = reply.header("content-type", "application/json; charset=utf-8");
        assert_eq!(reply.body(r#"{"nickname":"a"}"#).send().await.status, 201);
    }

    async fn refusals_speak_the_callers_language(app) {
        let chats = |language: &str| {
            app.call("GET", "/api/client/v1/chats").header("accept-language", language).send()
        };
        let reply = chats("zh-CN,zh;q=0.9").await;
        assert_snapshot!(reply, @r#"401 {"error":"signed_out","message":"还没有登录，登录后再试。"}"#);
        let reply = chats("de,en;q=0.5").await;
        assert_snapshot!(reply, @r#"401 {"error":"signed_out","message":"Sign in first."}"#);
    }

    async fn the_persons_language_goes_before_the_browsers(app) {
        let lin = Browser::of(&app, "林夏").await;
        let call = lin.call("GET", "/accounts/x").header("accept-language", "en");
        assert_eq!(call.send().await.field("/message"), "没有找到，可能已被删除。");
    }

    async fn unknown_paths_and_methods_are_refused(app) {
        for path in [
            "/api/client/v1/nothing",
            "/api/client/v2",
            "/api",
            "/console",
            "/console/",
            "/console/x",
            "/media/",
        ] {
            let reply = app.get(path).await;
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有这个地址。"}"#);
        }
        let reply = app.put("/api/client/v1/people", "{}").await;
        assert_snapshot!(
            reply,
            @r#"405 {"error":"method_not_allowed","message":"这个地址不支持这种请求方法。"}"#
        );
    }

    async fn answers_stay_out_of_caches(app) {
        let reply = app.get("/api/client/v1/session").await;
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }

    async fn the_document_names_every_path(app) {
        let reply = app.get("/api/client/v1/openapi.json").await;
        assert_eq!(reply.content_type(), "application/json");
        assert_eq!(reply.text(), webapi::openapi());
        let document = reply.json();
        let paths = document["paths"].as_object().expect("an object");
        let named: Vec<String> = paths
            .iter()
            .map(|(path, item)| {
                let methods = item.as_object().expect("an object").keys().cloned();
                format!("{path} {}", methods.collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_snapshot!(named.join("\n"), @"
        /accounts get
        /accounts/{id} get
        /accounts/{id}/chat get
        /accounts/{id}/follow put delete
        /accounts/{id}/messages get post
        /accounts/{id}/read post
        /chats get
        /me patch
        /people get post
        /session get post delete
        /uploads post
        ");
    }
}
