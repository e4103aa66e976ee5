//! Who may drive the sandbox, and what is not built yet.

use insta::assert_snapshot;
use testkit::{Setup, on_both, on_both_with};

const PATHS: [&str; 3] = ["/sandbox", "/sandbox/accounts", "/sandbox/nothing"];

on_both! {
    async fn the_root_says_what_this_is(app) {
        let root = app.get("/sandbox").await;
        assert_eq!(root.field("/version"), "0.0.0-test");
        let keys: Vec<String> =
            root.json().as_object().expect("an object").keys().cloned().collect();
        assert_eq!(keys, ["version", "proxy", "ca_pem", "data"]);
    }

    async fn foreign_pages_are_kept_out(app) {
        let get = |name: &'static str, value: &str| {
            app.call("GET", "/sandbox/people").header(name, value).send()
        };
        let reply = get("origin", "http://evil.example").await;
        assert_snapshot!(reply, @r#"403 {"error":"not_allowed","message":"只接受本站页面发出的请求。"}"#);
        assert_eq!(get("host", "evil.example").await.status, 403, "a rebound name");
        assert_eq!(get("origin", &app.url()).await.status, 200);
        assert_eq!(get("host", "localhost:8080").await.status, 200);
    }

    async fn bodies_are_json_and_acts_without_fields_need_none(app) {
        let text = app.call("POST", "/sandbox/people").header("content-type", "text/plain");
        assert_eq!(text.body(r#"{"nickname":"a"}"#).send().await.field("/error"), "wrong_type");
        assert_eq!(app.call("POST", "/sandbox/settle").send().await.status, 200);
    }

    async fn what_is_not_built_says_so(app) {
        let calls = [
            ("POST", "/sandbox/people/bulk"),
            ("POST", "/sandbox/people/x/tap"),
            ("POST", "/sandbox/people/x/scan"),
            ("POST", "/sandbox/people/x/authorize"),
            ("POST", "/sandbox/people/x/choose"),
            ("POST", "/sandbox/people/x/subscribe"),
            ("POST", "/sandbox/people/x/read"),
            ("PUT", "/sandbox/faults"),
            ("GET", "/sandbox/faults"),
            ("POST", "/sandbox/snapshots"),
            ("GET", "/sandbox/snapshots"),
            ("PUT", "/sandbox/snapshots/a"),
            ("DELETE", "/sandbox/snapshots/a"),
            ("POST", "/sandbox/snapshots/a/restore"),
            ("GET", "/sandbox/explain/6aac005a-01bfdbee-79769285"),
        ];
        for (method, path) in calls {
            let reply = app.call(method, path).send().await;
            assert_snapshot!(reply, @r#"501 {"error":"not_built_yet","message":"这个功能还没有做好。"}"#);
        }
    }

    async fn unknown_paths_and_methods_are_refused(app) {
        for path in ["/sandbox/nothing", "/sandbox/people/x/jump"] {
            let reply = app.get(path).await;
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有这个地址。"}"#);
        }
        assert_eq!(app.delete("/sandbox/people").await.status, 405);
    }

    async fn refusals_speak_the_language_that_is_asked_for(app) {
        let call = app.call("GET", "/sandbox/nothing").header("accept-language", "en");
        let reply = call.send().await;
        assert_eq!(reply.field("/message"), "There is no such address.");
    }
}

on_both_with! {
    Setup { dev: false, ..Setup::default() };
    async fn switched_off_it_is_not_there(app) {
        for path in PATHS {
            let reply = app.get(path).await;
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有这个地址。"}"#);
        }
    }
}

on_both_with! {
    Setup { dev: false, sandbox_key: Some("the key"), ..Setup::default() };
    async fn with_a_key_it_opens_to_whoever_has_it(app) {
        for path in PATHS {
            let reply = app.get(path).await;
            assert_eq!((reply.status, reply.field("/error")), (401, "unauthorized".into()));
            let sentence = "沙盒密钥缺失或不正确，把它放在 Authorization: Bearer 后面。";
            assert_eq!(reply.field("/message"), sentence);
        }
        let with = |value: &str| app.call("GET", "/sandbox").header("authorization", value).send();
        assert_eq!(with("Bearer the kex").await.status, 401);
        assert_eq!(with("the key").await.status, 401);
        assert_eq!(with("Bearer the key").await.status, 200);
    }
}
