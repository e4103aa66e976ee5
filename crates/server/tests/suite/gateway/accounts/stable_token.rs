//! `POST /cgi-bin/stable_token`

use std::time::Duration;

use insta::assert_snapshot;
use serde_json::json;
use testkit::platform::calls::{Limits, edge::take};
use testkit::{Reply, TestApp, on_both};

use super::super::{failure, get, post};

const PATH: &str = "/cgi-bin/stable_token";

async fn ask(app: &TestApp, force: bool) -> Reply {
    let account = app.account();
    let body = json!({
        "grant_type": "client_credential",
        "appid": account.app_id,
        "secret": account.secret.expose(),
        "force_refresh": force,
    });
    post(app, PATH, &body.to_string()).await
}

on_both! {
    async fn the_same_token_comes_back_with_what_remains_of_it(app) {
        let first = ask(&app, false).await;
        assert_snapshot!(first, @r#"{"access_token":"[token]","expires_in":7200}"#);
        app.advance(Duration::from_secs(6_900)).await;
        let again = ask(&app, false).await;
        assert_snapshot!(again, @r#"{"access_token":"[token]","expires_in":300}"#);
        assert_eq!(again.field("/access_token"), first.field("/access_token"));
    }

    async fn in_the_last_five_minutes_a_new_one_comes_and_both_are_valid(app) {
        let old = ask(&app, false).await.field("/access_token");
        app.advance(Duration::from_secs(6_901)).await;
        let new = ask(&app, false).await;
        assert_eq!(new.field("/expires_in"), "7200");
        for token in [&old, &new.field("/access_token")] {
            let reply = get(&app, &format!("/cgi-bin/getcallbackip?access_token={token}")).await;
            assert_snapshot!(reply, @r#"{"ip_list":["127.0.0.1"]}"#);
        }
    }

    async fn force_ends_the_old_token_at_once_and_not_twice_in_half_a_minute(app) {
        let old = ask(&app, false).await.field("/access_token");
        let new = ask(&app, true).await.field("/access_token");
        assert_ne!(old, new);
        let reply = get(&app, &format!("/cgi-bin/getcallbackip?access_token={old}")).await;
        assert!(reply.text().contains("40001"));
        app.advance(Duration::from_secs(29)).await;
        assert_eq!(ask(&app, true).await.field("/access_token"), new);
        app.advance(Duration::from_secs(1)).await;
        assert_ne!(ask(&app, true).await.field("/access_token"), new);
    }

    async fn the_twenty_first_force_of_a_day_is_45009(app) {
        for _ in 0..20 {
            assert_eq!(ask(&app, true).await.field("/expires_in"), "7200");
            app.advance(Duration::from_secs(30)).await;
        }
        let reply = ask(&app, true).await;
        assert_snapshot!(
            reply,
            @r#"{"errcode":45009,"errmsg":"reach max api daily quota limit rid: [rid]"}"#
        );
        assert!(ask(&app, false).await.json().get("access_token").is_some());
    }

    async fn only_a_json_body_by_post_is_read(app) {
        let account = app.account();
        let query = format!(
            "?grant_type=client_credential&appid={}&secret={}",
            account.app_id,
            account.secret.expose()
        );
        let reply = get(&app, &format!("{PATH}{query}")).await;
        assert_snapshot!(reply, @r#"{"errcode":43002,"errmsg":"require POST method rid: [rid]"}"#);
        let reply = post(&app, &format!("{PATH}{query}"), "{}").await;
        assert_snapshot!(reply, @r#"{"errcode":41002,"errmsg":"appid missing rid: [rid]"}"#);
        let reply = post(&app, PATH, "").await;
        assert_snapshot!(reply, @r#"{"errcode":44002,"errmsg":"empty post data rid: [rid]"}"#);
        let reply = post(&app, PATH, &query[1..]).await;
        assert_snapshot!(reply, @r#"{"errcode":47001,"errmsg":"data format error rid: [rid]"}"#);
    }

    async fn ten_thousand_calls_a_minute_are_followed_by_45011(app) {
        let limits = Limits { daily: Some(500_000), minute: Some(10_000) };
        for _ in 0..10_000 {
            take(&app.platform, app.account().id, PATH, limits).await.expect("the store answers");
        }
        let reply = ask(&app, false).await;
        assert_eq!(
            reply.to_string(),
            failure(45_011, "api minute-quota reach limit  mustslower  retry next minute"),
        );
        app.advance(Duration::from_secs(60)).await;
        assert!(ask(&app, false).await.json().get("access_token").is_some());
    }
}
