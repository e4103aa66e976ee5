//! Hosts, content types and the request id.

use insta::assert_snapshot;
use testkit::on_both;

use super::{failure, get, post};

on_both! {
    async fn every_answer_names_its_rid_and_only_failures_show_it(app) {
        let success = app.get("/cgi-bin/getcallbackip").await;
        assert_eq!(success.header("x-teahouse-rid").map(str::len), Some(26));
        assert_eq!(success.content_type(), "application/json; encoding=utf-8");
        let failure = get(&app, "/cgi-bin/getcallbackip").await;
        let rid = failure.header("x-teahouse-rid").expect("always").to_owned();
        assert!(failure.text().ends_with(&format!("rid: {rid}\"}}")), "{}", failure.text());
        assert!(rid.starts_with("69"), "the clock's second in hex");
        assert_eq!(failure.content_type(), "application/json; encoding=utf-8");
    }

    async fn sns_is_plain_text_with_a_comma(app) {
        let reply = get(&app, "/sns/userinfo?access_token=x&openid=y").await;
        assert_eq!(
            reply.to_string(),
            failure(40_001, "invalid credential, access_token is invalid or not latest,"),
        );
        assert_eq!(reply.content_type(), "text/plain");
        let reply = get(&app, "/sns/oauth2/access_token?appid=a").await;
        assert_snapshot!(reply, @r#"{"errcode":48001,"errmsg":"api unauthorized, rid: [rid]"}"#);
    }

    async fn payments_are_refused_in_their_own_forms(app) {
        let host = "api.mch.weixin.qq.com";
        let reply = app.call("GET", "/v3/certificates").header("host", host).send().await;
        assert_snapshot!(
            reply,
            @r#"403 {"code":"NO_AUTH","message":"this interface is not built yet, rid: [rid]"}"#
        );
        assert_eq!(reply.content_type(), "application/json");
        let reply = post(&app, "/pay/unifiedorder", "<xml></xml>").await;
        let code = "<return_code><![CDATA[FAIL]]></return_code>";
        let text = "<![CDATA[this interface is not built yet, rid: [rid]]]>";
        let body = format!("<xml>{code}<return_msg>{text}</return_msg></xml>");
        assert_eq!(reply.to_string(), body);
        let reply = app.call("GET", "/cgi-bin/token").header("host", host).send().await;
        assert!(reply.text().contains("40066"), "another host's path");
    }

    async fn the_enterprise_side_is_refused_by_48002(app) {
        let on_ours = get(&app, "/qyapi/cgi-bin/gettoken?corpid=a&corpsecret=b").await;
        assert_snapshot!(on_ours, @r#"{"errcode":48002,"errmsg":"api forbidden rid: [rid]"}"#);
        let path = "/cgi-bin/media/upload?access_token=x";
        let call = app.call("POST", path).header("host", "qyapi.weixin.qq.com");
        assert!(call.send().await.text().contains("48002"), "the official side has the path too");
    }

    async fn a_page_that_is_not_built_says_so_to_people(app) {
        let reply = get(&app, "/connect/oauth2/authorize?appid=a").await;
        assert_eq!(reply.status, 501);
        assert_eq!(reply.content_type(), "text/html; charset=utf-8");
        assert!(reply.text().contains("This page is not built yet."));
    }

    async fn every_alias_of_the_official_host_answers(app) {
        for host in ["api.weixin.qq.com", "API2.weixin.qq.com:443", "mp.weixin.qq.com"] {
            let path = format!("/cgi-bin/getcallbackip?access_token={}", app.token().await);
            let reply = app.call("GET", &path).header("host", host).send().await;
            assert_snapshot!(reply, @r#"{"ip_list":["127.0.0.1"]}"#);
            let reply = app.call("GET", "/").header("host", host).send().await;
            assert!(reply.text().contains("40066"), "no page of ours on the vendor's host");
        }
    }
}
