//! `POST /cgi-bin/openapi/quota/get`

use insta::assert_snapshot;
use testkit::on_both;

const PATH: &str = "/cgi-bin/openapi/quota/get";

on_both! {
    async fn calls_of_this_second_are_counted_in(app) {
        for _ in 0..3 {
            app.get("/cgi-bin/getcallbackip").await;
        }
        let body = r#"{"cgi_path":"/cgi-bin/getcallbackip"}"#;
        let quota = r#"{"daily_limit":5000,"used":3,"remain":4997}"#;
        let told = format!(r#"{{"errcode":0,"errmsg":"ok","quota":{quota}}}"#);
        assert_eq!(app.post(PATH, body).await.text(), told);
        testkit::platform::calls::jobs::flush(&app.platform).await;
        assert_eq!(app.post(PATH, body).await.text(), told, "written down, and not twice");
    }

    async fn a_limit_by_the_minute_is_told_too_and_no_limit_is_0(app) {
        let reply = app.post(PATH, r#"{"cgi_path":"/cgi-bin/stable_token"}"#).await;
        let quota = r#"{"daily_limit":500000,"used":0,"remain":500000}"#;
        let rate = r#"{"call_count":10000,"refresh_second":60}"#;
        let told = format!(r#"{{"errcode":0,"errmsg":"ok","quota":{quota},"rate_limit":{rate}}}"#);
        assert_eq!(reply.text(), told);
        let reply = app.post(PATH, r#"{"cgi_path":"/cgi-bin/message/custom/typing"}"#).await;
        assert_snapshot!(
            reply,
            @r#"{"errcode":0,"errmsg":"ok","quota":{"daily_limit":0,"used":0,"remain":0}}"#
        );
    }

    async fn calls_for_tokens_are_not_shown(app) {
        super::super::set_used(&app, "/cgi-bin/token", 12).await;
        let reply = app.post(PATH, r#"{"cgi_path":"/cgi-bin/token"}"#).await;
        assert_snapshot!(
            reply,
            @r#"{"errcode":0,"errmsg":"ok","quota":{"daily_limit":2000,"used":0,"remain":2000}}"#
        );
    }

    async fn an_unknown_path_is_76021_and_one_of_people_s_tokens_76022(app) {
        for body in ["{}", r#"{"cgi_path":"/cgi-bin/nothing"}"#] {
            let reply = app.post(PATH, body).await;
            assert_snapshot!(
                reply,
                @r#"{"errcode":76021,"errmsg":"cgi_path not found, please check rid: [rid]"}"#
            );
        }
        let reply = app.post(PATH, r#"{"cgi_path":"/sns/userinfo"}"#).await;
        assert_snapshot!(
            reply,
            @r#"{"errcode":76022,"errmsg":"could not use this cgi_path，no permission rid: [rid]"}"#
        );
    }
}
