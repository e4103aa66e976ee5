//! A server that fails five times in a row is left alone for a minute.

use std::time::Duration;

use testkit::{Answer, on_both};

use super::{Talk, outcome};

async fn fail_five_times(talk: &Talk) {
    talk.server.respond(|_| Answer::status(500, ""));
    for _ in 0..5 {
        assert_eq!(outcome(&talk.say("在吗").await).0, "failed");
    }
    talk.server.respond(|_| Answer::text("success"));
    talk.server.forget();
}

on_both! {
    async fn five_failures_suspend_for_a_minute(app) {
        let talk = Talk::begin(&app).await;
        fail_five_times(&talk).await;
        assert_eq!(outcome(&talk.say("还在吗").await).0, "suspended");
        assert_eq!(talk.server.received(), [], "nothing is sent meanwhile");
        app.advance(Duration::from_millis(59_999)).await;
        assert_eq!(outcome(&talk.say("还在吗").await).0, "suspended");
        app.advance(Duration::from_millis(1)).await;
        assert_eq!(outcome(&talk.say("还在吗").await).0, "acknowledged");
    }

    async fn a_success_in_between_forgets_the_failures(app) {
        let talk = Talk::begin(&app).await;
        talk.server.respond(|_| Answer::status(500, ""));
        for text in ["1", "2", "3", "4"] {
            assert_eq!(outcome(&talk.say(text).await).0, "failed");
        }
        talk.server.respond(|_| Answer::text("success"));
        assert_eq!(outcome(&talk.say("5").await).0, "acknowledged");
        talk.server.respond(|_| Answer::status(500, ""));
        for text in ["6", "7", "8", "9"] {
            assert_eq!(outcome(&talk.say(text).await).0, "failed");
        }
        assert_eq!(outcome(&talk.say("10").await).0, "failed", "the fifth in a row, still sent");
        assert_eq!(outcome(&talk.say("11").await).0, "suspended");
    }

    async fn a_verification_lifts_it(app) {
        let talk = Talk::begin(&app).await;
        fail_five_times(&talk).await;
        assert_eq!(outcome(&talk.say("还在吗").await).0, "suspended");
        let path = format!("/sandbox/accounts/{}/callback", talk.account.app_id);
        talk.server.respond(|request| match request.query("echostr") {
            Some(echo) => Answer::text(&echo),
            None => Answer::text("success"),
        });
        let body = format!(
            r#"{{"url":"{}","token":"teahousetest","mode":"plain"}}"#, talk.server.url()
        );
        assert_eq!(app.put(&path, &body).await.status, 200);
        assert_eq!(outcome(&talk.say("回来了").await).0, "acknowledged");
    }
}
