//! `POST /cgi-bin/clear_quota/v2`

use insta::assert_snapshot;
use testkit::on_both;

use super::super::{failure, post, set_used};

const PATH: &str = "/cgi-bin/clear_quota/v2";

on_both! {
    async fn credentials_are_read_from_json_a_form_or_the_query(app) {
        let (appid, secret) = (&app.account().app_id, app.account().secret.expose());
        let form = format!("appid={appid}&appsecret={secret}");
        let json = format!(r#"{{"appid":"{appid}","appsecret":"{secret}"}}"#);
        for (query, body) in [("", json.as_str()), ("", &form), (&form, ""), (&form, "{}")] {
            let reply = post(&app, &format!("{PATH}?{query}"), body).await;
            assert_snapshot!(reply, @r#"{"errcode":0,"errmsg":"ok"}"#);
        }
    }

    async fn the_quota_of_tokens_begins_anew_too(app) {
        set_used(&app, "/cgi-bin/token", 2_000).await;
        let (appid, secret) = (&app.account().app_id, app.account().secret.expose());
        let token =
            format!("/cgi-bin/token?grant_type=client_credential&appid={appid}&secret={secret}");
        assert!(super::super::get(&app, &token).await.text().contains("45009"));
        let query = format!("{PATH}?appid={appid}&appsecret={secret}");
        assert_snapshot!(post(&app, &query, "").await, @r#"{"errcode":0,"errmsg":"ok"}"#);
        assert!(super::super::get(&app, &token).await.text().contains("access_token"));
    }

    async fn its_resets_count_with_those_of_the_other(app) {
        let (appid, secret) = (&app.account().app_id, app.account().secret.expose());
        let query = format!("{PATH}?appid={appid}&appsecret={secret}");
        for _ in 0..5 {
            post(&app, &query, "").await;
            let body = format!(r#"{{"appid":"{appid}"}}"#);
            assert_snapshot!(
                app.post("/cgi-bin/clear_quota", &body).await,
                @r#"{"errcode":0,"errmsg":"ok"}"#
            );
        }
        assert_eq!(
            post(&app, &query, "").await.to_string(),
            failure(48_006, "forbid to clear quota because of reaching the limit"),
        );
    }

    async fn wrong_credentials_are_named(app) {
        let appid = &app.account().app_id;
        let ask = async |body: &str| post(&app, PATH, body).await.to_string();
        assert_snapshot!(
            ask("{}").await,
            @r#"{"errcode":41002,"errmsg":"appid missing rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("appid=wx0").await,
            @r#"{"errcode":40013,"errmsg":"invalid appid rid: [rid]"}"#
        );
        assert_snapshot!(
            ask(&format!("appid={appid}")).await,
            @r#"{"errcode":41004,"errmsg":"appsecret missing rid: [rid]"}"#
        );
        assert_snapshot!(
            ask(&format!("appid={appid}&appsecret=0")).await,
            @r#"{"errcode":40125,"errmsg":"invalid appsecret rid: [rid]"}"#
        );
        assert_snapshot!(
            ask("{").await,
            @r#"{"errcode":47001,"errmsg":"data format error rid: [rid]"}"#
        );
    }
}
