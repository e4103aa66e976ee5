//! `POST /cgi-bin/openapi/rid/get`

use std::time::Duration;

use insta::assert_snapshot;
use testkit::{NewTestAccount, Reply, TestApp, on_both};

const PATH: &str = "/cgi-bin/openapi/rid/get";

fn rid_of(reply: &Reply) -> String {
    reply.header("x-teahouse-rid").expect("every answer has one").to_owned()
}

async fn ask(app: &TestApp, rid: &str) -> Reply {
    app.post(PATH, &format!(r#"{{"rid":"{rid}"}}"#)).await
}

on_both! {
    async fn a_failed_call_is_found_at_once_and_without_its_secrets(app) {
        let body = r#"{"touser":"x","msgtype":"text","secret":"s3cret"}"#;
        let failed = app.post("/cgi-bin/message/custom/send", body).await;
        let json = ask(&app, &rid_of(&failed)).await.json();
        assert_eq!(json["errcode"], 0);
        let request = &json["request"];
        assert_eq!(request["invoke_time"], app.now().secs());
        assert_eq!(request["request_url"], "access_token=***");
        assert_eq!(request["request_body"], body.replace("s3cret", "***"));
        assert_eq!(request["response_body"], failed.text());
        assert_eq!(request["client_ip"], "127.0.0.1");
        assert!(request["cost_in_ms"].is_i64());
    }

    async fn a_successful_call_has_no_rid_to_ask_for(app) {
        let rid = rid_of(&app.get("/cgi-bin/getcallbackip").await);
        assert_snapshot!(
            ask(&app, &rid).await,
            @r#"{"errcode":76001,"errmsg":"rid not found rid: [rid]"}"#
        );
    }

    async fn another_account_s_call_is_not_found(app) {
        let rid = rid_of(&app.post("/cgi-bin/message/custom/send", "").await);
        let token = app.token_of(&app.create_account(NewTestAccount::default()).await).await;
        let body = format!(r#"{{"rid":"{rid}"}}"#);
        let reply = app.post(&format!("{PATH}?access_token={token}"), &body).await;
        assert_snapshot!(reply, @r#"{"errcode":76001,"errmsg":"rid not found rid: [rid]"}"#);
    }

    async fn an_expired_token_still_names_the_account(app) {
        let path = format!("/cgi-bin/getcallbackip?access_token={}", app.token().await);
        app.advance(Duration::from_secs(7_200)).await;
        let rid = rid_of(&super::super::get(&app, &path).await);
        assert!(ask(&app, &rid).await.field("/request/response_body").contains("42001"));
    }

    async fn after_seven_days_it_is_too_old(app) {
        let rid = rid_of(&app.post("/cgi-bin/message/custom/send", "").await);
        app.advance(Duration::from_secs(7 * 86_400)).await;
        assert_eq!(ask(&app, &rid).await.field("/errcode"), "0");
        app.advance(Duration::from_secs(1)).await;
        assert_snapshot!(
            ask(&app, &rid).await,
            @r#"{"errcode":76004,"errmsg":"rid time is error rid: [rid]"}"#
        );
    }

    async fn what_is_no_rid_is_76002(app) {
        for rid in ["", "61725984-6126f6f9", "xyz"] {
            assert_snapshot!(
                ask(&app, rid).await,
                @r#"{"errcode":76002,"errmsg":"rid is error rid: [rid]"}"#
            );
        }
        assert_snapshot!(
            app.post(PATH, "{}").await,
            @r#"{"errcode":76002,"errmsg":"rid is error rid: [rid]"}"#
        );
    }
}
