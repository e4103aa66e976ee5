//! `POST /cgi-bin/callback/check`

use insta::assert_snapshot;
use testkit::{DeveloperServer, NewTestAccount, Reply, Setup, TestApp, on_both, on_both_with};

const PATH: &str = "/cgi-bin/callback/check";

async fn check(app: &TestApp, url: &str, body: &str) -> Reply {
    let account = app.create_account(NewTestAccount::with_server(url)).await;
    let token = app.token_of(&account).await;
    app.post(&format!("{PATH}?access_token={token}"), body).await
}

on_both! {
    async fn a_server_that_listens_is_reached(app) {
        let server = DeveloperServer::start().await;
        let body = r#"{"action":"all","check_operator":"DEFAULT"}"#;
        let json = check(&app, &server.url(), body).await.json();
        let dns = r#"[{"ip":"127.0.0.1","real_operator":"DEFAULT"}]"#;
        assert_eq!(json["dns"].to_string(), dns);
        assert_eq!(json["ping"][0]["package_loss"], "0%");
        assert!(json["ping"][0]["time"].as_str().is_some_and(|time| time.ends_with("ms")));
    }

    async fn a_server_that_does_not_is_a_lost_packet(app) {
        let body = r#"{"action":"ping","check_operator":"CAP"}"#;
        let reply = check(&app, "http://127.0.0.1:1/wx", body).await;
        let lost = r#""package_loss":"100%","time":"0.000ms""#;
        let ping = format!(r#"{{"ip":"127.0.0.1","from_operator":"CAP",{lost}}}"#);
        assert_eq!(reply.text(), format!(r#"{{"ping":[{ping}]}}"#));
        let body = r#"{"action":"dns","check_operator":"UNICOM"}"#;
        let reply = check(&app, "http://127.0.0.1:1/wx", body).await;
        assert_snapshot!(reply, @r#"{"dns":[{"ip":"127.0.0.1","real_operator":"UNICOM"}]}"#);
    }

    async fn action_and_operator_are_required_and_a_url_must_be_set(app) {
        let body = r#"{"action":"trace","check_operator":"DEFAULT"}"#;
        assert_snapshot!(
            app.post(PATH, body).await,
            @r#"{"errcode":40202,"errmsg":"invalid action rid: [rid]"}"#
        );
        let reply = app.post(PATH, r#"{"action":"all"}"#).await;
        assert_snapshot!(
            reply,
            @r#"{"errcode":40203,"errmsg":"invalid check_operator rid: [rid]"}"#
        );
        let reply = app.post(PATH, r#"{"action":"all","check_operator":"DEFAULT"}"#).await;
        assert_snapshot!(reply, @r#"{"errcode":40201,"errmsg":"invalid url rid: [rid]"}"#);
    }
}

on_both_with! {
    Setup { dev: false, ..Setup::default() };

    async fn a_private_address_is_neither_named_nor_tried_under_serve(app) {
        let server = DeveloperServer::start().await;
        let body = r#"{"action":"all","check_operator":"DEFAULT"}"#;
        let reply = check(&app, &server.url(), body).await;
        assert_snapshot!(reply, @r#"{"dns":[],"ping":[]}"#);
        assert!(server.received().is_empty());
    }
}
