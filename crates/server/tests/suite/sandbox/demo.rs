//! The demo world.

use platform::sandbox::demo::{self, LIBRARY, TEA_SHOP};
use testkit::on_both;

on_both! {
    async fn it_is_made_once_and_only_in_an_empty_store(app) {
        assert!(!demo::make(&app.platform).await.expect("an answer"), "there is an account");
        app.post("/sandbox/reset", "").await;
        assert!(demo::make(&app.platform).await.expect("it is made"));
        assert!(!demo::make(&app.platform).await.expect("an answer"));
        let accounts = app.get("/sandbox/accounts").await;
        assert_eq!(accounts.field("/accounts/0/appid"), LIBRARY.app_id);
        assert_eq!(accounts.field("/accounts/0/callback/url"), "http://127.0.0.1:9000/wx");
        assert_eq!(accounts.field("/accounts/1/appid"), TEA_SHOP.app_id);
        assert_eq!(accounts.field("/accounts/1/callback"), "null");
    }

    async fn its_credentials_open_the_api(app) {
        app.post("/sandbox/reset", "").await;
        demo::make(&app.platform).await.expect("it is made");
        for account in [TEA_SHOP, LIBRARY] {
            let path = format!(
                "/cgi-bin/token?grant_type=client_credential&appid={}&secret={}",
                account.app_id, account.secret
            );
            let token = app.call("GET", &path).send().await;
            assert_eq!(token.field("/expires_in"), "7200", "{token}");
        }
    }

    async fn its_people_have_talked_to_the_tea_shop(app) {
        app.post("/sandbox/reset", "").await;
        demo::make(&app.platform).await.expect("it is made");
        let people = app.get("/sandbox/people").await.json();
        let named = |name: &str| {
            let people = people["people"].as_array().expect("a list");
            let person =
                people.iter().find(|person| person["nickname"] == name).expect("he is there");
            person["id"].as_str().expect("an id").to_owned()
        };
        let inbox = |name: &str| {
            let path = format!("/sandbox/people/{}/inbox?appid={}", named(name), TEA_SHOP.app_id);
            let app = app.clone();
            async move { app.get(&path).await }
        };
        let lin = inbox("林夏").await;
        let kinds: Vec<String> = lin.json()["messages"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|message| format!("{} {}", message["from"], message["type"]).replace('"', ""))
            .collect();
        assert_eq!(
            kinds,
            [
                "account text",
                "person text",
                "account news",
                "person text",
                "account text",
                "person text",
                "account text"
            ]
        );
        assert_eq!(inbox("Mei").await.field("/messages/2/from"), "account");
        assert_eq!(inbox("陈默").await.field("/messages"), "[]");
        assert_eq!(inbox("Alex").await.field("/messages"), "[]");
    }
}
