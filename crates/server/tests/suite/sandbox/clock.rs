//! Moving the clock, and waiting for rest.

use insta::assert_snapshot;
use testkit::{Answer, on_both};

use super::Script;

on_both! {
    async fn the_clock_goes_forward(app) {
        assert_snapshot!(app.get("/sandbox/clock").await, @r#"{"now":"2026-01-01T04:00:00Z"}"#);
        let moved = app.post("/sandbox/clock", r#"{"advance":"3d4h"}"#).await;
        assert_snapshot!(moved, @r#"{"now":"2026-01-04T08:00:00Z"}"#);
        let set = app.post("/sandbox/clock", r#"{"set":"2026-02-01T00:00:00+08:00"}"#).await;
        assert_snapshot!(set, @r#"{"now":"2026-01-31T16:00:00Z"}"#);
        assert_snapshot!(app.get("/sandbox/clock").await, @r#"{"now":"2026-01-31T16:00:00Z"}"#);
        app.post("/sandbox/clock", r#"{"advance":"0s"}"#).await;
    }

    async fn the_clock_does_not_go_backwards(app) {
        let back = app.post("/sandbox/clock", r#"{"set":"2025-12-31T00:00:00Z"}"#).await;
        assert_snapshot!(back, @r#"409 {"error":"backwards","message":"时钟不能往回拨；要从头再来，用 reset。"}"#);
        assert_snapshot!(app.get("/sandbox/clock").await, @r#"{"now":"2026-01-01T04:00:00Z"}"#);
    }

    async fn a_move_has_one_form(app) {
        let cases = [
            (r#"{"advance":"soon"}"#, "invalid"),
            (r#"{"set":"tomorrow"}"#, "invalid"),
            (r#"{"set":"+010000-01-01T00:00:00Z"}"#, "invalid"),
            (r#"{"advance":"9000000d"}"#, "invalid"),
            (r#"{"real":false}"#, "bad_request"),
            (r#"{"advance":"1s","real":true}"#, "bad_request"),
            ("{}", "bad_request"),
            (r#"{"advnace":"1s"}"#, "unknown_field"),
        ];
        for (body, error) in cases {
            assert_eq!(app.post("/sandbox/clock", body).await.field("/error"), error, "{body}");
        }
    }

    async fn tokens_follow_the_clock(app) {
        let token = app.token().await;
        let path = format!("/cgi-bin/getcallbackip?access_token={token}");
        assert_eq!(app.call("GET", &path).send().await.json()["errcode"].as_i64(), None);
        app.post("/sandbox/clock", r#"{"advance":"2h"}"#).await;
        assert_eq!(app.call("GET", &path).send().await.field("/errcode"), "42001");
    }

    async fn what_falls_due_on_the_way_is_run(app) {
        let script = Script::alone(&app).await;
        let gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00\x00\
            \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
        app.upload(&format!("{}/media?type=image", script.person), "a", gif).await;
        let due = || async { app.platform.engine().find_next_due().await.expect("an answer") };
        assert!(due().await.is_some(), "the upload will expire");
        app.post("/sandbox/clock", r#"{"advance":"4d"}"#).await;
        assert_eq!(due().await, None);
    }

    async fn the_clock_goes_on_with_the_machines(app) {
        let real = app.post("/sandbox/clock", r#"{"real":true}"#).await;
        assert_eq!(real.status, 200, "{real}");
        let off = app.platform.db.clock().real_now().since(app.now());
        assert!((0..60_000).contains(&off), "{off}");
        app.post("/sandbox/clock", r#"{"advance":"1d"}"#).await;
        let ahead = app.now().since(app.platform.db.clock().real_now());
        assert!((86_300_000..=86_400_000).contains(&ahead), "{ahead}");
        let back = app.post("/sandbox/clock", r#"{"real":true}"#).await;
        assert_eq!(back.field("/error"), "backwards");
    }

    async fn settling_waits_until_nothing_runs(app) {
        assert_snapshot!(app.post("/sandbox/settle", "").await, @r#"{"settled":true}"#);
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::hang());
        script.act("send", r#","type":"text","content":"茶","wait":"accepted""#).await;
        let hurried = app.post("/sandbox/settle", r#"{"timeout_ms":0}"#).await;
        assert_snapshot!(hurried, @r#"{"settled":false}"#);
        let patient = app.post("/sandbox/settle", r#"{"timeout_ms":10000}"#).await;
        assert_snapshot!(patient, @r#"{"settled":true}"#);
        assert_eq!(app.post("/sandbox/settle", r#"{"timeout_ms":600001}"#).await.status, 422);
        assert_eq!(
            app.post("/sandbox/settle", r#"{"timeout":1}"#).await.field("/error"),
            "unknown_field"
        );
    }
}
