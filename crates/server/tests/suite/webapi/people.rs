//! People, sessions and profiles.

use insta::assert_snapshot;
use testkit::{Setup, on_both, on_both_with};

use super::Browser;

const API: &str = "/api/client/v1";

on_both! {
    async fn a_session_of_nobody_has_no_person(app) {
        let reply = app.get("/api/client/v1/session").await;
        assert_snapshot!(reply, @r#"{"mode":"dev","version":"0.0.0-test","person":null}"#);
    }

    async fn whoever_is_made_is_signed_in(app) {
        let body = r#"{"nickname":" 林夏 ","sex":2,"country":"CN","city":"云溪"}"#;
        let made = app.post("/api/client/v1/people", body).await;
        assert_snapshot!(made, @r#"201 {"person":{"id":"[id]","nickname":"林夏","sex":2,"language":"zh_CN","country":"CN","province":"","city":"云溪","avatar_url":null}}"#);
        let set = made.header("set-cookie").expect("a cookie");
        assert!(set.starts_with("teahouse_client="), "{set}");
        let rest = set.split_once("; ").expect("attributes").1;
        assert_eq!(rest, "Path=/api/client/v1; Max-Age=34560000; HttpOnly; SameSite=Strict");
        let cookie = made.cookie().expect("a cookie").to_owned();
        let session = app.call("GET", "/api/client/v1/session").cookie(&cookie).send().await;
        assert_eq!(session.field("/person/nickname"), "林夏");
    }

    async fn one_becomes_any_person(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mei = Browser::of(&app, "Mei").await;
        let body = format!(r#"{{"person":"{}"}}"#, lin.person);
        let reply = mei.post("/session", &body).await;
        assert_eq!((reply.status, reply.field("/person/id")), (200, lin.person.clone()));
        let former = mei.get("/me").await;
        assert_eq!(former.status, 405, "the path is for changes only");
        assert_eq!(mei.get("/session").await.field("/person"), "null", "the former one is closed");
    }

    async fn nobody_becomes_whom_there_is_not(app) {
        let account = app.platform.keys.ids().account(app.account().id);
        for id in ["nobody", account.as_str(), ""] {
            let body = format!(r#"{{"person":"{id}"}}"#);
            let reply = app.post("/api/client/v1/session", &body).await;
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有找到，可能已被删除。"}"#);
        }
    }

    async fn signing_out_ends_the_session(app) {
        let lin = Browser::of(&app, "林夏").await;
        let reply = lin.delete("/session").await;
        assert_snapshot!(reply, @"{}");
        assert!(reply.header("set-cookie").is_some_and(|set| set.contains("Max-Age=0")));
        assert_eq!(lin.get("/session").await.field("/person"), "null");
        assert_eq!(lin.get("/chats").await.status, 401);
        assert_eq!(lin.delete("/session").await.status, 200, "it is signed out already");
    }

    async fn people_are_listed_page_by_page(app) {
        for nickname in ["甲", "乙", "丙"] {
            app.create_person(nickname).await;
        }
        let first = app.get("/api/client/v1/people?limit=2").await;
        assert_eq!(first.field("/people/0/nickname"), "甲");
        let next = first.field("/next");
        let second = app.get(&format!("{API}/people?limit=2&after={next}")).await;
        assert_eq!(second.field("/people/0/nickname"), "丙");
        assert_eq!(second.field("/next"), "null");
        assert_eq!(
            app.get("/api/client/v1/people?after=0").await.field("/people/2/nickname"),
            "丙"
        );
    }

    async fn a_page_has_a_size_and_a_place(app) {
        for limit in ["0", "101", "-1"] {
            let reply = app.get(&format!("{API}/people?limit={limit}")).await;
            assert_snapshot!(
                reply,
                @r#"400 {"error":"bad_request","message":"limit 应在 1 到 100 之间。"}"#
            );
        }
        let reply = app.get("/api/client/v1/people?after=nowhere").await;
        assert_snapshot!(reply, @r#"400 {"error":"bad_request","message":"这个位置标记无效，用 0 从头开始。"}"#);
        assert_eq!(app.get("/api/client/v1/people?limit=x").await.field("/error"), "bad_request");
        assert_eq!(app.get("/api/client/v1/people?lmit=1").await.field("/error"), "unknown_field");
    }

    async fn a_profile_has_bounds(app) {
        let made = |body: &'static str| app.post("/api/client/v1/people", body);
        let reply = made(r#"{"nickname":"  "}"#).await;
        assert_snapshot!(reply, @r#"422 {"error":"invalid","message":"昵称需要 1 到 32 个字。"}"#);
        let reply = made(r#"{"nickname":"a","sex":3}"#).await;
        assert_snapshot!(reply, @r#"422 {"error":"invalid","message":"性别只能是 0、1 或 2。"}"#);
        let reply = made(r#"{"nickname":"a","nick":"b"}"#).await;
        assert_eq!((reply.status, reply.field("/error")), (400, "unknown_field".into()));
        assert_eq!(reply.field("/message"), "没有“nick”这个字段，看看是不是拼错了。");
        let reply = made("{}").await;
        assert_eq!((reply.status, reply.field("/error")), (400, "bad_request".into()));
        let sentence = "请求的格式不对：missing field `nickname` at line 1 column 2。";
        assert_eq!(reply.field("/message"), sentence);
        let long = format!(r#"{{"nickname":"a","city":"{}"}}"#, "长".repeat(201));
        let reply = app.post("/api/client/v1/people", &long).await;
        assert_snapshot!(reply, @r#"422 {"error":"invalid","message":"“city”最多 200 个字。"}"#);
        assert_eq!(app.get("/api/client/v1/people").await.field("/people"), "[]");
    }

    async fn a_profile_is_changed_by_its_owner(app) {
        let lin = Browser::of(&app, "林夏").await;
        let body = r#"{"language":"en","city":"Hangzhou"}"#;
        let changed = lin.call("PATCH", "/me").json(body).send().await;
        assert_snapshot!(changed, @r#"{"person":{"id":"[id]","nickname":"林夏","sex":0,"language":"en","country":"","province":"","city":"Hangzhou","avatar_url":null}}"#);
        let refused = lin.call("PATCH", "/me").json(r#"{"nickname":""}"#).send().await;
        assert_snapshot!(
            refused,
            @r#"422 {"error":"invalid","message":"A nickname has 1 to 32 characters."}"#
        );
        let stranger = app.patch("/api/client/v1/me", "{}").await;
        assert_snapshot!(stranger, @r#"401 {"error":"signed_out","message":"还没有登录，登录后再试。"}"#);
    }

    async fn a_forged_session_is_nobodys(app) {
        let lin = Browser::of(&app, "林夏").await;
        let (id, secret) = lin.cookie.split_once('.').expect("an id and a secret");
        let other = if secret.starts_with('A') { "B" } else { "A" };
        for forged in
            [format!("{id}.{other}{}", &secret[1..]), id.to_owned(), "teahouse_client=".to_owned()]
        {
            let reply = app.call("GET", "/api/client/v1/chats").cookie(&forged).send().await;
            assert_eq!(reply.status, 401, "{forged}");
        }
    }
}

on_both_with! {
    Setup { dev: false, ..Setup::default() };
    async fn under_serve_nobody_becomes_anybody(app) {
        let person = app.create_person("林夏").await;
        let body = format!(r#"{{"person":"{}"}}"#, app.public_id(person));
        let session = app.post("/api/client/v1/session", &body).await;
        assert_snapshot!(
            session,
            @r#"403 {"error":"sign_in_unavailable","message":"登录还没有开放，很快就来。"}"#
        );
        let people = app.get("/api/client/v1/people").await;
        assert_snapshot!(people, @r#"403 {"error":"not_allowed","message":"只有开发模式可以这样做。"}"#);
        let made = app.post("/api/client/v1/people", r#"{"nickname":"a"}"#).await;
        assert_eq!((made.status, made.field("/error")), (403, "not_allowed".to_owned()));
        assert_eq!(app.get("/api/client/v1/session").await.field("/mode"), "serve");
    }
}
