//! The checks of every call, in their one order.

use std::time::Duration;

use insta::assert_snapshot;
use testkit::platform::accounts::{AccountKind, remove};
use testkit::{NewTestAccount, on_both};

use super::{failure, get, post, set_used};

const SEND: &str = "/cgi-bin/message/custom/send";

on_both! {
    async fn an_unknown_path_is_40066_before_anything_else(app) {
        for path in ["/cgi-bin/no/such", "/cgi-bin/no/such?access_token=x", "/nothing"] {
            let reply = post(&app, path, "{").await;
            assert_snapshot!(reply, @r#"{"errcode":40066,"errmsg":"invalid url rid: [rid]"}"#);
        }
        let reply = get(&app, "/sns/nothing").await;
        assert_snapshot!(reply, @r#"{"errcode":40066,"errmsg":"invalid url, rid: [rid]"}"#);
        assert_eq!(reply.content_type(), "text/plain");
    }

    async fn no_token_is_41001_wherever_else_it_stands(app) {
        let token = app.token().await;
        let missing = r#"{"errcode":41001,"errmsg":"access_token missing rid: [rid]"}"#;
        for query in ["", "?access_token=", "?accesstoken=x"] {
            let reply = post(&app, &format!("{SEND}{query}"), "").await;
            assert_eq!(reply.to_string(), missing);
        }
        let in_body = format!(r#"{{"access_token":"{token}"}}"#);
        assert_eq!(post(&app, SEND, &in_body).await.to_string(), missing);
        let bearer = format!("Bearer {token}");
        let reply = app.call("GET", SEND).header("authorization", &bearer).send().await;
        assert_eq!(reply.to_string(), missing);
    }

    async fn a_token_that_is_not_ours_is_40001_whatever_the_body(app) {
        let token = app.token().await;
        let changed: String = token.chars().rev().collect();
        let changed = format!("81_{}", &changed[..changed.len() - 3]);
        for token in ["x", "81_", "%00", &changed] {
            let reply = app.call("PUT", &format!("{SEND}?access_token={token}")).send().await;
            assert_eq!(
                reply.to_string(),
                failure(
                    40_001,
                    "invalid credential, access_token is invalid or not latest, could get \
                     access_token by getStableAccessToken, more details at \
                     https://mmbizurl.cn/s/JtxxFh33r",
                ),
            );
        }
    }

    async fn a_token_at_its_end_is_42001(app) {
        let path = format!("/cgi-bin/getcallbackip?access_token={}", app.token().await);
        app.advance(Duration::from_secs(7_199)).await;
        assert_snapshot!(get(&app, &path).await, @r#"{"ip_list":["127.0.0.1"]}"#);
        app.advance(Duration::from_secs(1)).await;
        assert_snapshot!(
            get(&app, &path).await,
            @r#"{"errcode":42001,"errmsg":"access_token expired rid: [rid]"}"#
        );
    }

    async fn the_token_of_a_removed_account_is_40001(app) {
        let account = app.create_account(NewTestAccount::default()).await;
        let path = format!("/cgi-bin/getcallbackip?access_token={}", app.token_of(&account).await);
        assert_snapshot!(get(&app, &path).await, @r#"{"ip_list":["127.0.0.1"]}"#);
        app.platform.db.write(move |tx| remove(tx, account.id)).await.expect("it is there");
        assert!(get(&app, &path).await.text().contains("40001"));
    }

    async fn an_account_without_the_permission_is_48001_and_a_verified_one_is_not(app) {
        for (verified, code) in [(false, "48001"), (true, "44002")] {
            let kind = AccountKind::Subscription;
            let new = NewTestAccount { kind, verified, ..NewTestAccount::default() };
            let token = app.token_of(&app.create_account(new).await).await;
            let reply = post(&app, &format!("{SEND}?access_token={token}"), "").await;
            assert!(reply.text().contains(code), "{reply}");
        }
    }

    async fn a_known_endpoint_that_is_not_built_is_48001_after_the_token(app) {
        assert!(get(&app, "/cgi-bin/menu/get").await.text().contains("41001"));
        assert!(get(&app, "/cgi-bin/menu/get?access_token=x").await.text().contains("40001"));
        let reply = app.post("/cgi-bin/menu/get", "").await;
        assert_snapshot!(reply, @r#"{"errcode":48001,"errmsg":"api unauthorized rid: [rid]"}"#);
    }

    async fn a_used_up_day_is_45009_before_the_method_until_midnight_in_china(app) {
        set_used(&app, SEND, 499_999).await;
        assert!(app.post(SEND, "").await.text().contains("44002"), "the last call of the day");
        let reply = app.get(SEND).await;
        assert_snapshot!(
            reply,
            @r#"{"errcode":45009,"errmsg":"reach max api daily quota limit rid: [rid]"}"#
        );
        app.advance(Duration::from_secs(12 * 3_600 - 1)).await;
        assert!(app.post(SEND, "").await.text().contains("45009"));
        app.advance(Duration::from_secs(1)).await;
        assert!(app.post(SEND, "").await.text().contains("44002"));
    }

    async fn the_wrong_method_is_43001_or_43002_before_the_body(app) {
        let reply = app.post("/cgi-bin/getcallbackip", "{").await;
        assert_snapshot!(reply, @r#"{"errcode":43001,"errmsg":"require GET method rid: [rid]"}"#);
        let reply = app.get(SEND).await;
        assert_snapshot!(reply, @r#"{"errcode":43002,"errmsg":"require POST method rid: [rid]"}"#);
    }

    async fn a_body_is_read_by_its_bytes_and_never_by_its_type(app) {
        let path = format!("{SEND}?access_token={}", app.token().await);
        for empty in ["", " \r\n", "\u{feff}"] {
            let reply = app.call("POST", &path).body(empty.to_owned()).send().await;
            assert_snapshot!(reply, @r#"{"errcode":44002,"errmsg":"empty post data rid: [rid]"}"#);
        }
        for broken in ["touser=a&msgtype=text", "{", "[]", "null", r#"{"touser":1}"#] {
            let reply = app.call("POST", &path).json(broken).send().await;
            assert_snapshot!(
                reply,
                @r#"{"errcode":47001,"errmsg":"data format error rid: [rid]"}"#
            );
        }
        let body = "\u{feff} {\"touser\":\"x\",\"msgtype\":\"text\"}\n";
        for content_type in ["application/x-www-form-urlencoded", "text/plain;charset=UTF-8"] {
            let call = app.call("POST", &path).header("content-type", content_type).body(body);
            assert_snapshot!(
                call.send().await,
                @r#"{"errcode":40003,"errmsg":"invalid openid rid: [rid]"}"#
            );
        }
    }
}
