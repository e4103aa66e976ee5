//! What people do, what is delivered because of it, and what they see.

use insta::{assert_json_snapshot, assert_snapshot};
use testkit::{Answer, on_both, redact};

use super::{Script, person, timeless};

/// The statuses of an act's deliveries.
fn statuses(acted: &testkit::Reply) -> Vec<String> {
    let acted = acted.json();
    let deliveries = acted["deliveries"].as_array().expect("a list").clone();
    deliveries.iter().filter_map(|one| one["status"].as_str().map(str::to_owned)).collect()
}

on_both! {
    async fn without_a_server_nothing_is_delivered(app) {
        let script = Script::alone(&app).await;
        let acted = script.say("茶").await;
        assert_eq!(acted.field("/msg_id").len(), 16);
        let shown = acted.to_string().replace(&acted.field("/msg_id"), "[msg_id]");
        assert_snapshot!(shown, @r#"{"msg_id":[msg_id],"deliveries":[{"id":null,"rid":null,"url":null,"status":"none","reason":"the account has no server","attempts":[],"request":{"query":"","body":""},"response":{"status":null,"body":""}}],"replies":[]}"#);
    }

    async fn a_passive_reply_comes_back_with_the_act(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|pushed| {
            let field = |name| pushed.element(name).unwrap_or_default();
            let (from, to) = (field("ToUserName"), field("FromUserName"));
            Answer::text(&format!("<xml><ToUserName>{to}</ToUserName><FromUserName>{from}</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>有</Content></xml>"))
        });
        let acted = script.say("有茶吗").await;
        let reply = acted.field("/replies");
        assert_snapshot!(reply, @r#"[{"seq":"2","from":"account","type":"text","content":"有","created_at":"2026-01-01T04:00:00Z"}]"#);
        let delivery = timeless(acted.json()["deliveries"][0].clone());
        assert_eq!(delivery["status"], "replied");
        assert_eq!(delivery["response"]["status"], 200);
        assert_json_snapshot!(delivery["attempts"], @r#"
        [
          {
            "status": 200,
            "ms": 0,
            "error": null
          }
        ]
        "#);
        assert!(
            delivery["request"]["query"].as_str().is_some_and(|query| query.contains("signature="))
        );
        assert!(delivery["request"]["body"].as_str().is_some_and(|body| body.contains("有茶吗")));
        let keys: Vec<&String> = delivery.as_object().expect("an object").keys().collect();
        assert_eq!(
            keys,
            ["id", "rid", "url", "status", "reason", "attempts", "request", "response"]
        );
        assert_eq!(redact(delivery["rid"].as_str().expect("a rid")), "[rid]");
    }

    async fn an_empty_answer_acknowledges(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::text("success"));
        let acted = script.say("茶").await;
        assert_eq!(
            (statuses(&acted), acted.field("/replies")),
            (vec!["acknowledged".to_owned()], "[]".to_owned())
        );
    }

    async fn a_failure_is_told_after_its_retries(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::status(500, "oops"));
        let acted = script.say("茶").await;
        assert_eq!(statuses(&acted), ["failed"]);
        assert_eq!(acted.json()["deliveries"][0]["attempts"].as_array().map(Vec::len), Some(3));
        let line = acted.field("/replies/0/content");
        assert_eq!(line, "该公众号提供的服务出现故障，请稍后再试");
        assert_eq!(acted.field("/replies/0/from"), "system");
        assert_eq!(acted.field("/replies/0/code"), "service_unavailable");
    }

    async fn who_does_not_wait_is_answered_at_once(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::hang());
        let acted = script.act("send", r#","type":"text","content":"茶","wait":"accepted""#).await;
        assert_eq!(statuses(&acted), ["pending"]);
        server.respond(|_| Answer::text(""));
        app.drain().await;
        let listed = app.get(&format!("/sandbox/deliveries?appid={}", script.account.app_id)).await;
        assert_eq!(listed.json()["deliveries"][0]["id"], acted.json()["deliveries"][0]["id"]);
    }

    async fn following_is_an_event_and_its_replies(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::text(""));
        let again = script.act("follow", "").await;
        assert_snapshot!(again, @r#"{"openid":"[openid]","deliveries":[],"replies":[]}"#);
        let left = script.act("unfollow", "").await;
        assert_eq!(statuses(&left), ["acknowledged"]);
        assert_eq!(script.act("unfollow", "").await.field("/deliveries"), "[]");
        let scanned = script.act("follow", r#","scan":"110","scene":"ADD_SCENE_QR_CODE""#).await;
        assert_eq!(statuses(&scanned), ["acknowledged"]);
        let pushed = server.received();
        assert_eq!(pushed[0].element("Event"), Some("unsubscribe"));
        assert_eq!(pushed[1].element("Event"), Some("subscribe"));
        assert_eq!(pushed[1].element("EventKey"), Some("qrscene_110"));
    }

    async fn every_type_can_be_sent(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::text(""));
        let sent = [
            (
                r#","type":"location","latitude":31.237238,"longitude":121.666672,"scale":15,"label":"山门""#,
                "location",
            ),
            (r#","type":"location","latitude":31,"longitude":121"#, "location"),
            (r#","type":"link","title":"茶","description":"白茶","url":"http://a/b""#, "link"),
        ];
        for (fields, kind) in sent {
            let acted = script.act("send", fields).await;
            assert_eq!(statuses(&acted), ["acknowledged"], "{acted}");
            assert_eq!(
                server
                    .received()
                    .last()
                    .and_then(|push| push.element("MsgType").map(str::to_owned))
                    .as_deref(),
                Some(kind)
            );
        }
        let inbox = script.inbox("").await;
        let reply = inbox.field("/messages/0");
        assert_snapshot!(reply, @r#"{"seq":"1","from":"person","type":"location","latitude":31.237238,"longitude":121.666672,"scale":15,"label":"山门","created_at":"2026-01-01T04:00:00Z"}"#);
        let reply = inbox.field("/messages/2");
        assert_snapshot!(reply, @r#"{"seq":"3","from":"person","type":"link","title":"茶","description":"白茶","url":"http://a/b","created_at":"2026-01-01T04:00:00Z"}"#);
    }

    async fn a_place_is_on_earth(app) {
        let script = Script::alone(&app).await;
        for place in [r#""latitude":91,"longitude":0"#, r#""latitude":0,"longitude":-181"#] {
            let sent = script.act("send", &format!(r#","type":"location",{place}"#)).await;
            assert_eq!((sent.status, sent.field("/error")), (422, "invalid".to_owned()));
            assert_eq!(script.act("locate", &format!(",{place}")).await.status, 422);
        }
    }

    async fn locating_is_pushed_where_it_is_switched_on(app) {
        let script = Script::alone(&app).await;
        let fields = r#","latitude":31.2,"longitude":121.5,"precision":30"#;
        assert_eq!(statuses(&script.act("locate", fields).await), ["none"]);
        let server = testkit::DeveloperServer::start().await;
        let body = format!(
            r#"{{"kind":"service","verified":true,"name":"a","report_location":true,"callback":{{"url":"{}","token":"tok"}}}}"#,
            server.url()
        );
        let appid = app.post("/sandbox/accounts", &body).await.field("/appid");
        let act = |act: &str, fields: &str| {
            let path = format!("{}/{act}", script.person);
            let body = format!(r#"{{"appid":"{appid}"{fields}}}"#);
            let app = app.clone();
            async move { app.post(&path, &body).await }
        };
        act("follow", "").await;
        let located = act("locate", fields).await;
        assert_eq!(statuses(&located), ["acknowledged"], "{located}");
        let push = server.received().pop().expect("a push");
        assert_eq!(
            (push.element("Event"), push.element("Precision")),
            (Some("LOCATION"), Some("30.000000"))
        );
    }

    async fn who_does_not_follow_cannot_write(app) {
        let stranger = person(&app, "陌生人").await;
        let appid = &app.account().app_id;
        let send = format!(r#"{{"appid":"{appid}","type":"text","content":"hi"}}"#);
        let reply = app.post(&format!("{stranger}/send"), &send).await;
        assert_snapshot!(reply, @r#"409 {"error":"not_following","message":"还没有关注这个公众号，关注后再发。"}"#);
        let unfollow =
            app.post(&format!("{stranger}/unfollow"), &format!(r#"{{"appid":"{appid}"}}"#)).await;
        assert_eq!(unfollow.field("/error"), "not_following");
    }

    async fn whom_and_what_there_is_not_is_not_found(app) {
        let script = Script::alone(&app).await;
        let body =
            format!(r#"{{"appid":"{}","type":"text","content":"hi"}}"#, app.account().app_id);
        for id in ["nobody", "AAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(app.post(&format!("/sandbox/people/{id}/send"), &body).await.status, 404);
        }
        let nowhere = r#"{"appid":"wx0000000000000000","type":"text","content":"hi"}"#;
        assert_eq!(app.post(&format!("{}/send", script.person), nowhere).await.status, 404);
    }

    async fn a_typo_does_not_pass(app) {
        let script = Script::alone(&app).await;
        let cases = [
            ("send", r#","type":"text","content":"a","wiat":"accepted""#, "unknown_field"),
            ("send", r#","type":"text","contnet":"a""#, "unknown_field"),
            ("send", r#","type":"text""#, "bad_request"),
            ("send", r#","type":"sticker""#, "bad_request"),
            ("send", "", "bad_request"),
            ("send", r#","type":"text","content":"a","wait":"forever""#, "bad_request"),
            ("send", r#","type":"text","content":" ""#, "invalid"),
            ("follow", r#","scean":"1""#, "unknown_field"),
            ("unfollow", r#","scan":"1""#, "unknown_field"),
            ("locate", r#","latitude":1"#, "bad_request"),
        ];
        for (act, fields, error) in cases {
            let reply = script.act(act, fields).await;
            assert_eq!(reply.field("/error"), error, "{act}{fields}: {reply}");
        }
        let nobody = app.post(&format!("{}/follow", script.person), "{}").await;
        assert_snapshot!(
            nobody,
            @r#"400 {"error":"bad_request","message":"请求的格式不对：missing field `appid`。"}"#
        );
    }

    async fn deliveries_are_listed_newest_first(app) {
        let (script, server) = Script::with_bot(&app).await;
        server.respond(|_| Answer::text(""));
        let path = format!("/sandbox/deliveries?appid={}", script.account.app_id);
        let before = app.get(&path).await.json()["deliveries"].as_array().map_or(0, Vec::len);
        script.say("一").await;
        script.say("二").await;
        let listed = app.get(&path).await.json();
        assert_eq!(listed["deliveries"].as_array().map(Vec::len), Some(before + 2));
        let body = |at: usize| {
            listed["deliveries"][at]["request"]["body"].as_str().unwrap_or_default().to_owned()
        };
        assert!(body(0).contains("二") && body(1).contains("一"));
        let one = app.get(&format!("{path}&limit=1")).await.json();
        assert_eq!(one["deliveries"].as_array().map(Vec::len), Some(1));
        assert_eq!(app.get("/sandbox/deliveries").await.field("/error"), "bad_request");
        assert_eq!(app.get("/sandbox/deliveries?appid=wx0").await.status, 404);
    }
}
