//! What a person sees.

use insta::assert_snapshot;
use testkit::on_both;

use super::{Script, person};

on_both! {
    async fn an_inbox_is_read_from_a_cursor_onwards(app) {
        let script = Script::alone(&app).await;
        let empty = script.inbox("").await;
        assert_snapshot!(empty, @r#"{"messages":[],"next":"0"}"#);
        script.say("一").await;
        script.say("二").await;
        let first = script.inbox("&limit=1").await;
        let reply = first.field("/messages");
        assert_snapshot!(reply, @r#"[{"seq":"1","from":"person","type":"text","content":"一","created_at":"2026-01-01T04:00:00Z"}]"#);
        let second = script.inbox(&format!("&after={}", first.field("/next"))).await;
        assert_eq!(second.field("/messages/0/content"), "二");
        let next = second.field("/next");
        let nothing = script.inbox(&format!("&after={next}")).await;
        assert_eq!((nothing.field("/messages"), nothing.field("/next")), ("[]".to_owned(), next));
    }

    async fn customer_messages_are_in_it(app) {
        let script = Script::alone(&app).await;
        script.say("在吗").await;
        let openid = script.act("follow", "").await.field("/openid");
        let news = format!(
            r#"{{"touser":"{openid}","msgtype":"news","news":{{"articles":[{{"title":"茶单","description":"今天","url":"http://a/","picurl":"http://a/p.jpg"}}]}}}}"#
        );
        app.post("/cgi-bin/message/custom/send", &news).await;
        let inbox = script.inbox("").await;
        let reply = inbox.field("/messages/1");
        assert_snapshot!(reply, @r#"{"seq":"2","from":"account","type":"news","articles":[{"title":"茶单","description":"今天","url":"http://a/","picurl":"http://a/p.jpg"}],"created_at":"2026-01-01T04:00:00Z"}"#);
    }

    async fn an_inbox_is_of_one_person_and_one_account(app) {
        let script = Script::alone(&app).await;
        script.say("悄悄话").await;
        let other = person(&app, "陌生人").await;
        let appid = &app.account().app_id;
        assert_eq!(app.get(&format!("{other}/inbox?appid={appid}")).await.field("/messages"), "[]");
        assert_eq!(app.get(&format!("/sandbox/people/x/inbox?appid={appid}")).await.status, 404);
        assert_eq!(app.get(&format!("{other}/inbox?appid=wx0")).await.status, 404);
        assert_eq!(app.get(&format!("{other}/inbox")).await.field("/error"), "bad_request");
    }

    async fn a_cursor_has_a_shape_and_a_world(app) {
        let script = Script::alone(&app).await;
        assert_eq!(script.inbox("&after=x").await.field("/error"), "bad_request");
        assert_eq!(script.inbox("&after=9.1.0").await.field("/error"), "cursor_gone");
        assert_eq!(script.inbox("&limit=1001").await.field("/error"), "bad_request");
    }
}
