//! A server that fails five times in a row is left alone for a minute.

use std::time::Duration;

use db::params;
use jobs::NewJob;
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

    async fn pushes_that_our_own_crashes_cut_off_count_for_nothing(app) {
        let talk = Talk::begin(&app).await;
        for number in 0..6 {
            // As a fourth crash in a row leaves it: every attempt begun, none ended.
            let owner = talk.account.id.0;
            let due_at = app.now().plus_secs(1);
            let body = format!(
                r#"{{"follower":0,"created_at":1,"what":{{"message":{{"msg_id":{number},"content":{{"type":"text","content":"茶"}}}}}}}}"#
            );
            let queued = app.platform.db.write(move |tx| {
                let new = NewJob { owner, kind: "push", version: 1, body: body.clone(), due_at };
                let id = jobs::enqueue(tx, &new)?;
                let begun = "update job set attempts = 4 where owner = $1 and id = $2";
                tx.execute(begun, params![owner, id])
            });
            assert_eq!(queued.await, Ok(1));
            app.advance(Duration::from_secs(1)).await;
        }
        assert_eq!(talk.server.received(), [], "none is made once more");
        let path = format!("/sandbox/deliveries?appid={}", talk.account.app_id);
        let cut_off = app.get(&path).await;
        assert_eq!(cut_off.field("/deliveries/0/status"), "failed", "{cut_off}");
        assert_eq!(outcome(&talk.say("在吗").await).0, "acknowledged", "not suspended");
    }
}
