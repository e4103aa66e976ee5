//! Accounts without a server answer by their rules.

use std::time::Duration;

use platform::autoreply::{self, Rule, Trigger};
use platform::conversations::content::{Article, Content};
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

async fn set_rules(app: &TestApp) {
    let text = |text: &str| Content::Text { content: text.to_owned(), menu_item: None };
    let card = Article { title: "茶单".to_owned(), ..Article::default() };
    let rules = [
        Rule { trigger: Trigger::Follow, reply: text("欢迎") },
        Rule { trigger: Trigger::Equal("营业时间".to_owned()), reply: text("九点到九点") },
        Rule {
            trigger: Trigger::Contain("茶单".to_owned()),
            reply: Content::News { articles: vec![card] },
        },
        Rule { trigger: Trigger::Default, reply: text("稍后回复") },
    ];
    let account = app.account().id;
    let added = app
        .platform
        .db
        .write(move |tx| rules.iter().try_for_each(|rule| autoreply::add_rule(tx, account, rule)));
    added.await.expect("the rules are as they should be");
}

async fn act(app: &TestApp, person: &str, act: &str, fields: &str) -> Value {
    let path = format!("/sandbox/people/{person}/{act}");
    let body = format!(r#"{{"appid":"{}"{fields}}}"#, app.account().app_id);
    let reply = app.post(&path, &body).await;
    assert_eq!(reply.status, 200, "{reply}");
    reply.json()
}

async fn said(app: &TestApp, person: &str, text: &str) -> Value {
    let fields = format!(r#","type":"text","content":"{text}""#);
    let acted = act(app, person, "send", &fields).await;
    assert_eq!(acted["deliveries"][0]["status"], json!("none"));
    let replies = acted["replies"].as_array().expect("a list");
    replies.first().map_or(Value::Null, |reply| {
        if reply["type"] == "news" {
            reply["articles"][0]["title"].clone()
        } else {
            reply["content"].clone()
        }
    })
}

on_both! {
    async fn follow_keyword_and_default_are_answered(app) {
        set_rules(&app).await;
        let person = app.create_person("林夏").await;
        let person = app.public_id(person);
        let followed = act(&app, &person, "follow", "").await;
        assert_eq!(followed["replies"][0]["content"], json!("欢迎"));
        assert_eq!(said(&app, &person, "营业时间").await, json!("九点到九点"));
        assert_eq!(said(&app, &person, "看看茶单吧").await, json!("茶单"));
        assert_eq!(said(&app, &person, "今天下雨").await, json!("稍后回复"));
    }

    async fn the_default_is_given_once_an_hour(app) {
        set_rules(&app).await;
        let person = app.create_person("林夏").await;
        let person = app.public_id(person);
        act(&app, &person, "follow", "").await;
        assert_eq!(said(&app, &person, "今天下雨").await, json!("稍后回复"));
        assert_eq!(said(&app, &person, "还在下").await, Value::Null);
        app.advance(Duration::from_secs(3_600)).await;
        assert_eq!(said(&app, &person, "雨停了").await, json!("稍后回复"));
    }
}
