//! `GET /cgi-bin/token`

use std::time::Duration;

use insta::assert_snapshot;
use testkit::platform::accounts::credentials::set_secret_frozen;
use testkit::{NewTestAccount, Setup, TestAccount, TestApp, on_both, on_both_with};

use super::super::{failure, get, set_used};

fn path(account: &TestAccount) -> String {
    format!(
        "/cgi-bin/token?grant_type=client_credential&appid={}&secret={}",
        account.app_id,
        account.secret.expose()
    )
}

async fn issue(app: &TestApp) -> String {
    get(app, &path(app.account())).await.field("/access_token")
}

async fn code(app: &TestApp, token: &str) -> String {
    let reply = get(app, &format!("/cgi-bin/getcallbackip?access_token={token}")).await;
    reply.json().get("errcode").map_or_else(|| "ok".to_owned(), ToString::to_string)
}

on_both! {
    async fn each_call_issues_a_new_token_without_errcode(app) {
        let reply = get(&app, &path(app.account())).await;
        assert_snapshot!(reply, @r#"{"access_token":"[token]","expires_in":7200}"#);
        let reply = app.call("POST", &path(app.account())).send().await;
        assert_snapshot!(reply, @r#"{"access_token":"[token]","expires_in":7200}"#);
        assert_ne!(issue(&app).await, issue(&app).await);
    }

    async fn the_former_token_lives_five_more_minutes_and_the_one_before_it_ends(app) {
        let (first, second) = (issue(&app).await, issue(&app).await);
        assert_eq!(code(&app, &first).await, "ok");
        assert_eq!(code(&app, &second).await, "ok");
        app.advance(Duration::from_secs(299)).await;
        assert_eq!(code(&app, &first).await, "ok");
        app.advance(Duration::from_secs(1)).await;
        assert_eq!(code(&app, &first).await, "40001");
        issue(&app).await;
        issue(&app).await;
        assert_eq!(code(&app, &second).await, "40001", "two have come since");
    }

    async fn the_other_kind_of_token_is_not_touched(app) {
        let stable = app.token().await;
        issue(&app).await;
        issue(&app).await;
        app.advance(Duration::from_secs(600)).await;
        assert_eq!(code(&app, &stable).await, "ok");
    }

    async fn credentials_are_judged_in_the_official_order(app) {
        let ask = async |query: &str| {
            let reply = get(&app, &format!("/cgi-bin/token?{query}")).await;
            reply.to_string().replace(" rid: [rid]", "")
        };
        let (appid, secret) = (&app.account().app_id, app.account().secret.expose());
        assert_snapshot!(ask("").await, @r#"{"errcode":41002,"errmsg":"appid missing"}"#);
        assert_snapshot!(
            ask("appid=wx0000000000000000").await,
            @r#"{"errcode":40013,"errmsg":"invalid appid"}"#
        );
        assert_snapshot!(ask("appid=%00").await, @r#"{"errcode":40013,"errmsg":"invalid appid"}"#);
        assert_snapshot!(
            ask(&format!("appid={appid}&secret={secret}")).await,
            @r#"{"errcode":40002,"errmsg":"invalid grant_type"}"#
        );
        let asked = format!("grant_type=client_credential&appid={appid}");
        assert_snapshot!(ask(&asked).await, @r#"{"errcode":41004,"errmsg":"appsecret missing"}"#);
        assert_snapshot!(
            ask(&format!("{asked}&secret=0123")).await,
            @r#"{"errcode":40125,"errmsg":"invalid appsecret"}"#
        );
        let account = app.account().id;
        let frozen = app.platform.db.write(move |tx| set_secret_frozen(tx, account, true));
        frozen.await.expect("the account exists");
        assert_snapshot!(
            ask(&format!("{asked}&secret=0123")).await,
            @r#"{"errcode":40243,"errmsg":"invalid appsecret, appsecret has been frozen"}"#
        );
    }

    async fn the_day_s_last_token_is_followed_by_the_long_45009(app) {
        set_used(&app, "/cgi-bin/token", 1_999).await;
        issue(&app).await;
        let reply = get(&app, &path(app.account())).await;
        assert_eq!(
            reply.to_string(),
            failure(45_009, "reach max api daily quota limit, could get access_token by \
                 getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r"),
        );
    }
}

on_both_with! {
    Setup { trusted_proxies: vec!["127.0.0.1/32".parse().expect("a network")], ..Setup::default() };

    async fn a_foreign_address_is_40164_with_both_its_forms(app) {
        let networks = ["192.0.2.0/24", "2001:db8::/32"];
        let ip_whitelist = networks.map(|net| net.parse().expect("a network")).to_vec();
        let new = NewTestAccount { ip_whitelist, ..NewTestAccount::default() };
        let account = app.create_account(new).await;
        let from = async |address: &str| {
            let call = app.call("GET", &path(&account)).header("x-forwarded-for", address);
            call.send().await
        };
        assert_eq!(
            from("118.190.42.90").await.to_string(),
            failure(40_164, "invalid ip 118.190.42.90 ipv6 ::ffff:118.190.42.90, not in whitelist"),
        );
        assert_eq!(
            from("2001:db9::1").await.to_string(),
            failure(40_164, "invalid ip 2001:db9::1 ipv6 2001:db9::1, not in whitelist"),
        );
        for address in ["192.0.2.77", "2001:db8::5"] {
            assert_snapshot!(
                from(address).await,
                @r#"{"access_token":"[token]","expires_in":7200}"#
            );
        }
    }
}
