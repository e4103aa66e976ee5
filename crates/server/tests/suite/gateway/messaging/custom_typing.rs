//! `POST /cgi-bin/message/custom/typing`

use std::time::Duration;

use insta::assert_snapshot;
use testkit::{Reply, TestApp, on_both};

use super::super::failure;

const PATH: &str = "/cgi-bin/message/custom/typing";

async fn follower(app: &TestApp) -> String {
    let person = app.create_person("小明").await;
    app.follow(person, app.account()).await.as_str().to_owned()
}

/// The account and the follower exchange something.
async fn exchange(app: &TestApp, openid: &str) {
    let body = format!(r#"{{"touser":"{openid}","msgtype":"text","text":{{"content":"茶"}}}}"#);
    let reply = app.post("/cgi-bin/message/custom/send", &body).await;
    assert_eq!(reply.text(), r#"{"errcode":0,"errmsg":"ok"}"#);
}

async fn ask(app: &TestApp, openid: &str, command: &str) -> Reply {
    app.post(PATH, &format!(r#"{{"touser":"{openid}","command":"{command}"}}"#)).await
}

on_both! {
    async fn typing_needs_an_exchange_within_half_a_minute(app) {
        let openid = follower(&app).await;
        let nothing_said = failure(
            45_080,
            "need sending message to user, or recving message from user in the last 30 seconds \
             before typing",
        );
        assert_eq!(ask(&app, &openid, "Typing").await.to_string(), nothing_said);
        exchange(&app, &openid).await;
        app.advance(Duration::from_secs(30)).await;
        assert_snapshot!(ask(&app, &openid, "Typing").await, @r#"{"errcode":0,"errmsg":"ok"}"#);
        app.advance(Duration::from_secs(1)).await;
        assert_eq!(ask(&app, &openid, "Typing").await.to_string(), nothing_said);
    }

    async fn typing_twice_is_45081_until_it_is_cancelled_or_over(app) {
        let openid = follower(&app).await;
        exchange(&app, &openid).await;
        ask(&app, &openid, "Typing").await;
        assert_snapshot!(
            ask(&app, &openid, "Typing").await,
            @r#"{"errcode":45081,"errmsg":"you are already typing rid: [rid]"}"#
        );
        assert_snapshot!(
            ask(&app, &openid, "CancelTyping").await,
            @r#"{"errcode":0,"errmsg":"ok"}"#
        );
        assert_snapshot!(ask(&app, &openid, "Typing").await, @r#"{"errcode":0,"errmsg":"ok"}"#);
        app.advance(Duration::from_secs(15)).await;
        assert_snapshot!(ask(&app, &openid, "Typing").await, @r#"{"errcode":0,"errmsg":"ok"}"#);
    }

    async fn another_command_is_45072_and_a_stranger_40003(app) {
        let openid = follower(&app).await;
        assert_snapshot!(
            ask(&app, &openid, "typing").await,
            @r#"{"errcode":45072,"errmsg":"invalid command rid: [rid]"}"#
        );
        assert_snapshot!(
            ask(&app, "oAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Typing").await,
            @r#"{"errcode":40003,"errmsg":"invalid openid rid: [rid]"}"#
        );
        assert_snapshot!(
            app.post(PATH, r#"{"command":"CancelTyping"}"#).await,
            @r#"{"errcode":40003,"errmsg":"invalid openid rid: [rid]"}"#
        );
    }
}
