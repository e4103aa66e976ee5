//! Live events: who is told what, and when a socket ends.

use insta::assert_snapshot;
use testkit::{on_both, redact};

use super::{Browser, address};

on_both! {
    async fn a_socket_says_hello_and_tells_of_messages(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let mut live = lin.live().await;
        assert_eq!(live.next().await, format!(r#"{{"kind":"hello","person":"{}"}}"#, lin.person));
        lin.say(&path, "1", "茶").await;
        let note = live.next().await;
        let account = path.trim_start_matches("/accounts/");
        assert_eq!(note, format!(r#"{{"kind":"chat","account":"{account}","seq":"1"}}"#));
    }

    async fn every_tab_is_told_and_nobody_else(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mei = Browser::of(&app, "Mei").await;
        let path = lin.follow(app.account()).await;
        mei.follow(app.account()).await;
        let (mut first, mut second, mut other) =
            (lin.live().await, lin.live().await, mei.live().await);
        for socket in [&mut first, &mut second, &mut other] {
            assert!(socket.next().await.contains("hello"));
        }
        lin.say(&path, "1", "茶").await;
        assert_eq!(first.next().await, second.next().await);
        mei.say(&path, "1", "酒").await;
        let note = other.next().await;
        assert!(note.contains(r#""seq":"1""#), "the first that she is told is her own: {note}");
    }

    async fn reading_on_one_device_is_told_to_the_others(app) {
        let lin = Browser::of(&app, "林夏").await;
        let person = app.platform.keys.ids().find_person(&lin.person).expect("an id");
        let openid = app.follow(person, app.account()).await;
        let body = format!(r#"{{"touser":"{openid}","msgtype":"text","text":{{"content":"茶"}}}}"#);
        app.post("/cgi-bin/message/custom/send", &body).await;
        let mut live = lin.live().await;
        live.next().await;
        let path = address(&app, app.account());
        lin.post(&format!("{path}/read"), r#"{"seq":"1"}"#).await;
        let note = redact(&live.next().await);
        assert_snapshot!(note, @r#"{"kind":"read","account":"[id]","seq":"1"}"#);
    }

    async fn following_changes_the_list(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mut live = lin.live().await;
        live.next().await;
        let path = lin.follow(app.account()).await;
        assert_eq!(live.next().await, r#"{"kind":"chats"}"#);
        lin.delete(&format!("{path}/follow")).await;
        assert_eq!(live.next().await, r#"{"kind":"chats"}"#);
    }

    async fn typing_is_told(app) {
        let lin = Browser::of(&app, "林夏").await;
        let person = app.platform.keys.ids().find_person(&lin.person).expect("an id");
        let openid = app.follow(person, app.account()).await;
        lin.say(&address(&app, app.account()), "1", "茶").await;
        let mut live = lin.live().await;
        live.next().await;
        for (command, on) in [("Typing", true), ("CancelTyping", false)] {
            let body = format!(r#"{{"touser":"{openid}","command":"{command}"}}"#);
            let reply = app.post("/cgi-bin/message/custom/typing", &body).await;
            assert_eq!(reply.field("/errcode"), "0", "{reply}");
            let note = redact(&live.next().await);
            assert_eq!(note, format!(r#"{{"kind":"typing","account":"[id]","on":{on}}}"#));
        }
    }

    async fn a_socket_is_for_people_who_are_signed_in(app) {
        assert_eq!(app.get("/api/client/v1/live").await.status, 401);
        let lin = Browser::of(&app, "林夏").await;
        assert_eq!(lin.get("/live").await.field("/error"), "bad_request", "no upgrade");
    }

    async fn a_foreign_page_opens_no_socket(app) {
        let lin = Browser::of(&app, "林夏").await;
        let upgrade = lin
            .call("GET", "/live")
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("origin", "http://evil.example");
        let reply = upgrade.send().await;
        assert_snapshot!(reply, @r#"403 {"error":"not_allowed","message":"只接受本站页面发出的请求。"}"#);
    }

    async fn signing_out_ends_the_sockets_of_that_session_only(app) {
        let lin = Browser::of(&app, "林夏").await;
        let body = format!(r#"{{"person":"{}"}}"#, lin.person);
        let opened = app.post("/api/client/v1/session", &body).await;
        let cookie = opened.cookie().expect("a second session").to_owned();
        let phone = Browser { app: app.clone(), cookie, person: lin.person.clone() };
        let (mut here, mut there) = (lin.live().await, phone.live().await);
        here.next().await;
        there.next().await;
        lin.delete("/session").await;
        assert_eq!(here.closed().await, Some(4401));
        phone.follow(app.account()).await;
        assert_eq!(there.next().await, r#"{"kind":"chats"}"#);
    }

    async fn a_reset_ends_every_socket(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mut live = lin.live().await;
        live.next().await;
        app.post("/sandbox/reset", "{}").await;
        assert_eq!(live.closed().await, Some(4001));
    }

    async fn one_person_has_a_bounded_number_of_sockets(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mut open = Vec::new();
        for _ in 0..32 {
            open.push(lin.live().await);
        }
        let upgrade = lin
            .call("GET", "/live")
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        let refused = upgrade.send().await;
        assert_snapshot!(
            refused,
            @r#"429 {"error":"too_many_requests","message":"打开的页面太多，先关掉一些。"}"#
        );
    }
}
