//! Dead letters.

use insta::assert_snapshot;
use platform::ids::IdKind;
use testkit::on_both;

on_both! {
    async fn there_are_none_at_first(app) {
        assert_snapshot!(app.get("/sandbox/jobs?state=dead").await, @r#"{"jobs":[]}"#);
        assert_eq!(app.get("/sandbox/jobs?state=running").await.field("/error"), "bad_request");
        assert_eq!(app.get("/sandbox/jobs").await.field("/error"), "bad_request");
    }

    async fn a_job_that_nobody_knows_is_listed_and_run_again(app) {
        let owner = app.account().id.0;
        let enqueued = app.platform.db.write(move |tx| {
            let body = "{}".to_owned();
            let due_at = tx.now();
            jobs::enqueue(
                tx,
                &jobs::NewJob { owner, kind: "of_tomorrow", version: 1, body, due_at },
            )
        });
        let id = enqueued.await.expect("the job is written");
        app.drain().await;
        let listed = app.get("/sandbox/jobs?state=dead").await;
        assert_eq!(
            listed.field("/jobs/0/id"),
            app.platform.keys.ids().encode(IdKind::Job, owner, id.0)
        );
        assert_snapshot!(listed, @r#"{"jobs":[{"id":"[id]","appid":"[appid]","kind":"of_tomorrow","attempts":1,"error":"no handler for this kind and version","created_at":"2026-01-01T04:00:00Z"}]}"#);
        let path = format!("/sandbox/jobs/{}/run", listed.field("/jobs/0/id"));
        assert_snapshot!(app.post(&path, "").await, @"{}");
        app.drain().await;
        assert_eq!(
            app.get("/sandbox/jobs?state=dead").await.field("/jobs/0/attempts"),
            "1",
            "tried anew"
        );
        app.post("/sandbox/reset", "").await;
    }

    async fn what_is_no_dead_letter_is_not_run(app) {
        let ids = app.platform.keys.ids();
        let none = ids.encode(IdKind::Job, app.account().id.0, 7);
        for id in [none.as_str(), "x", &ids.account(app.account().id)] {
            let reply = app.post(&format!("/sandbox/jobs/{id}/run"), "").await;
            assert_snapshot!(reply, @r#"404 {"error":"not_found","message":"没有找到，可能已被删除。"}"#);
        }
    }
}
