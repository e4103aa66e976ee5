//! Finding accounts.

use insta::assert_snapshot;
use testkit::{NewTestAccount, TestApp, on_both};

use super::{Browser, address};

async fn named(app: &TestApp, name: &str) {
    app.create_account(NewTestAccount { name: name.to_owned(), ..NewTestAccount::default() }).await;
}

/// The names that a search finds.
async fn found(browser: &Browser, query: &str) -> Vec<String> {
    let page = browser.get(&format!("/accounts?{query}")).await.json();
    let accounts = page["accounts"].as_array().expect("a list").clone();
    accounts.iter().filter_map(|account| account["name"].as_str().map(str::to_owned)).collect()
}

on_both! {
    async fn an_account_is_found_by_a_part_of_its_name(app) {
        named(&app, "Yunxi Library").await;
        named(&app, "100%_茶").await;
        let lin = Browser::of(&app, "林夏").await;
        assert_eq!(found(&lin, "query=LIBR").await, ["Yunxi Library"]);
        assert_eq!(found(&lin, "query=%E5%8D%8A%E5%B1%B1").await, ["半山茶铺"]);
        assert_eq!(found(&lin, "query=%25").await, ["100%_茶"], "a wildcard is a letter");
        assert_eq!(found(&lin, "query=nothing").await, [""; 0]);
        assert_eq!(found(&lin, "").await, ["半山茶铺", "Yunxi Library", "100%_茶"]);
    }

    async fn an_account_is_found_by_its_original_id(app) {
        let lin = Browser::of(&app, "林夏").await;
        let query = format!("query={}", app.account().username);
        assert_eq!(found(&lin, &query).await, ["半山茶铺"]);
        assert_eq!(found(&lin, &query[..query.len() - 1]).await, [""; 0], "only by the whole");
    }

    async fn accounts_are_listed_page_by_page(app) {
        named(&app, "乙").await;
        named(&app, "丙").await;
        let lin = Browser::of(&app, "林夏").await;
        let first = lin.get("/accounts?limit=2").await;
        let next = first.field("/next");
        assert_eq!(found(&lin, &format!("limit=2&after={next}")).await, ["丙"]);
        assert_eq!(lin.get("/accounts?after=x").await.field("/error"), "bad_request");
    }

    async fn an_account_is_shown_as_the_person_sees_it(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let shown = r#"{"account":{"id":"[id]","name":"半山茶铺","kind":"service","verified":true,"username":"[username]","introduction":"","avatar_url":null,"following":true,"followed_at":"2026-01-01T04:00:00Z"}}"#;
        assert_eq!(lin.get(&path).await.to_string(), shown);
        let mei = Browser::of(&app, "Mei").await;
        assert_eq!(mei.get(&path).await.field("/account/following"), "false");
        assert_eq!(mei.get(&path).await.field("/account/followed_at"), "null");
    }

    async fn what_is_no_account_is_not_found(app) {
        let lin = Browser::of(&app, "林夏").await;
        for id in [lin.person.as_str(), "0", "AAAAAAAAAAAAAAAAAAAAAA"] {
            let reply = lin.get(&format!("/accounts/{id}")).await;
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有找到，可能已被删除。"}"#);
        }
    }

    async fn accounts_are_for_people_who_are_signed_in(app) {
        let path = format!("/api/client/v1{}", address(&app, app.account()));
        for path in [path.as_str(), "/api/client/v1/accounts"] {
            assert_eq!(app.get(path).await.status, 401, "{path}");
        }
    }
}
