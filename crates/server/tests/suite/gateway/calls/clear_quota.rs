//! `POST /cgi-bin/clear_quota`

use std::time::Duration;

use insta::assert_snapshot;
use testkit::on_both;

use super::super::{failure, set_used};
use super::used;

const PATH: &str = "/cgi-bin/clear_quota";

on_both! {
    async fn every_quota_but_that_of_tokens_begins_anew(app) {
        set_used(&app, "/cgi-bin/media/upload", 100_000).await;
        set_used(&app, "/cgi-bin/token", 2_000).await;
        assert!(app.upload("/cgi-bin/media/upload", "a", b"").await.text().contains("45009"));
        let body = format!(r#"{{"appid":"{}"}}"#, app.account().app_id);
        assert_snapshot!(app.post(PATH, &body).await, @r#"{"errcode":0,"errmsg":"ok"}"#);
        assert_eq!(used(&app, "/cgi-bin/media/upload").await, "0");
        let query = format!(
            "grant_type=client_credential&appid={}&secret={}",
            app.account().app_id,
            app.account().secret.expose()
        );
        let token = super::super::get(&app, &format!("/cgi-bin/token?{query}")).await;
        assert!(token.text().contains("45009"), "{token}");
    }

    async fn another_appid_is_40013(app) {
        for body in ["{}", r#"{"appid":"wx0000000000000000"}"#] {
            let reply = app.post(PATH, body).await;
            assert_snapshot!(reply, @r#"{"errcode":40013,"errmsg":"invalid appid rid: [rid]"}"#);
        }
    }

    async fn the_eleventh_reset_of_a_month_is_48006(app) {
        let body = format!(r#"{{"appid":"{}"}}"#, app.account().app_id);
        for _ in 0..10 {
            assert_snapshot!(app.post(PATH, &body).await, @r#"{"errcode":0,"errmsg":"ok"}"#);
        }
        assert_eq!(
            app.post(PATH, &body).await.to_string(),
            failure(48_006, "forbid to clear quota because of reaching the limit"),
        );
        app.advance(Duration::from_secs(31 * 86_400)).await;
        assert_snapshot!(app.post(PATH, &body).await, @r#"{"errcode":0,"errmsg":"ok"}"#);
    }

    async fn of_many_resets_at_once_exactly_ten_succeed(app) {
        let body = format!(r#"{{"appid":"{}"}}"#, app.account().app_id);
        let path = format!("{PATH}?access_token={}", app.token().await);
        let calls = (0..32).map(|_| {
            let call = app.call("POST", &path).json(&body);
            tokio::spawn(call.send())
        });
        let mut succeeded = 0;
        for call in calls.collect::<Vec<_>>() {
            let reply = call.await.expect("the call ends");
            succeeded += usize::from(reply.text().contains(r#""errcode":0"#));
        }
        assert_eq!(succeeded, 10);
    }
}
