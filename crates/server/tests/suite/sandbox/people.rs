//! Making and listing people.

use insta::assert_snapshot;
use testkit::on_both;

use super::person;

on_both! {
    async fn a_person_is_made(app) {
        let body = r#"{"nickname":"Mei","sex":2,"language":"en","country":"CN","province":"浙江","city":"云溪","avatar_url":"http://a/b.png","device":"iPhone 17","system":"iOS 20","network":"wifi","carrier":"China Mobile"}"#;
        let made = app.post("/sandbox/people", body).await;
        assert_snapshot!(made, @r#"201 {"id":"[id]","nickname":"Mei","sex":2,"language":"en","country":"CN","province":"浙江","city":"云溪","avatar_url":"http://a/b.png","device":"iPhone 17","system":"iOS 20","network":"wifi","carrier":"China Mobile"}"#);
    }

    async fn only_a_nickname_is_needed(app) {
        let made = app.post("/sandbox/people", r#"{"nickname":"林夏"}"#).await;
        assert_eq!((made.status, made.field("/language")), (201, "zh_CN".to_owned()));
        assert_eq!(app.post("/sandbox/people", "{}").await.field("/error"), "bad_request");
        assert_eq!(app.post("/sandbox/people", r#"{"nickname":""}"#).await.status, 422);
        let typo = app.post("/sandbox/people", r#"{"nickname":"a","langauge":"en"}"#).await;
        assert_snapshot!(
            typo,
            @r#"400 {"error":"unknown_field","message":"没有“langauge”这个字段，看看是不是拼错了。"}"#
        );
    }

    async fn people_are_listed_newest_first(app) {
        for nickname in ["甲", "乙", "丙"] {
            person(&app, nickname).await;
        }
        let first = app.get("/sandbox/people?limit=2").await;
        assert_eq!(first.field("/people/0/nickname"), "丙");
        let last = first.field("/people/1/id");
        let rest = app.get(&format!("/sandbox/people?after={last}")).await;
        assert_eq!(rest.field("/people/0/nickname"), "甲");
        assert_eq!(app.get("/sandbox/people?limit=0").await.status, 400);
    }
}
