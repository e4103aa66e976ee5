//! Emptying the world.

use insta::assert_snapshot;
use testkit::{Answer, on_both};

use super::{Script, person};

on_both! {
    async fn a_reset_empties_everything(app) {
        let script = Script::alone(&app).await;
        script.say("茶").await;
        let cursor = script.inbox("").await.field("/next");
        assert_snapshot!(app.post("/sandbox/reset", "").await, @"{}");
        assert_snapshot!(app.get("/sandbox/accounts").await, @r#"{"accounts":[]}"#);
        assert_snapshot!(app.get("/sandbox/people").await, @r#"{"people":[]}"#);
        assert_eq!(script.inbox(&format!("&after={cursor}")).await.field("/error"), "cursor_gone");
        assert_eq!(script.say("茶").await.status, 404, "ids of the former world name nobody");
        let made = app.post("/sandbox/accounts", r#"{"kind":"service","name":"新"}"#).await;
        assert_eq!(made.status, 201, "{made}");
    }

    async fn accounts_may_stay_with_their_credentials(app) {
        let token = app.token().await;
        let script = Script::alone(&app).await;
        script.say("茶").await;
        assert_snapshot!(app.post("/sandbox/reset", r#"{"keep":["accounts"]}"#).await, @"{}");
        assert_snapshot!(app.get("/sandbox/people").await, @r#"{"people":[]}"#);
        let ips = app.call("GET", &format!("/cgi-bin/getcallbackip?access_token={token}"));
        assert_eq!(ips.send().await.json()["errcode"].as_i64(), None, "the token lives on");
        let next = Script::alone(&app).await;
        let follower =
            app.platform.keys.ids().find_person(next.person.rsplit('/').next().expect("an id"));
        let (account, follower) = (app.account().id, follower.expect("an id"));
        let found =
            app.platform.db.read(move |tx| platform::followers::find(tx, account, follower));
        assert_eq!(
            found.await.expect("an answer").expect("he follows").no.0,
            0,
            "numbers begin anew"
        );
        assert_eq!(next.say("茶").await.field("/replies"), "[]");
        assert_eq!(next.inbox("").await.field("/messages/0/seq"), "1");
    }

    async fn what_came_of_the_former_world_is_dropped(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::status(500, ""));
        script.act("send", r#","type":"text","content":"茶","wait":"accepted""#).await;
        app.post("/sandbox/reset", r#"{"keep":["accounts"]}"#).await;
        let path = format!("/sandbox/deliveries?appid={}", script.account.app_id);
        assert_snapshot!(app.get(&path).await, @r#"{"deliveries":[]}"#);
    }

    async fn only_accounts_may_stay(app) {
        person(&app, "林夏").await;
        for (body, error) in
            [(r#"{"keep":["people"]}"#, "bad_request"), (r#"{"kep":[]}"#, "unknown_field")]
        {
            assert_eq!(app.post("/sandbox/reset", body).await.field("/error"), error);
        }
        assert_eq!(app.get("/sandbox/people").await.field("/people/0/nickname"), "林夏");
    }
}
