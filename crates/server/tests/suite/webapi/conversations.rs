//! The chat list, reading a conversation, and what is unread.

use std::time::Duration;

use insta::assert_snapshot;
use testkit::{NewTestAccount, TestApp, on_both};

use super::{Browser, address, texts};

/// Says the numbers 1 to `last`.
async fn count(browser: &Browser, path: &str, last: u32) {
    for number in 1..=last {
        let said = browser.say(path, &format!("k{number}"), &number.to_string()).await;
        assert_eq!(said.status, 201, "{said}");
    }
}

/// A customer message from the account to whoever has this OpenID.
async fn answer(app: &TestApp, openid: &str, text: &str) {
    let body = format!(r#"{{"touser":"{openid}","msgtype":"text","text":{{"content":"{text}"}}}}"#);
    let sent = app.post("/cgi-bin/message/custom/send", &body).await;
    assert_eq!(sent.field("/errcode"), "0", "{sent}");
}

on_both! {
    async fn a_chat_without_messages_is_there_and_not_in_the_list(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let chat = lin.get(&format!("{path}/chat")).await;
        assert_snapshot!(chat, @r#"{"chat":{"account":{"id":"[id]","name":"半山茶铺","kind":"service","verified":true,"username":"[username]","introduction":"","avatar_url":null,"following":true,"followed_at":"2026-01-01T04:00:00Z"},"last":null,"unread":0,"last_seq":"0","read_seq":"0"}}"#);
        assert_snapshot!(lin.get("/chats").await, @r#"{"chats":[],"next":null}"#);
        let empty = lin.get(&format!("{path}/messages")).await;
        assert_snapshot!(empty, @r#"{"messages":[],"next":"0","prev":null}"#);
    }

    async fn a_stranger_reads_an_empty_conversation(app) {
        let lin = Browser::of(&app, "林夏").await;
        let mei = Browser::of(&app, "Mei").await;
        let path = lin.follow(app.account()).await;
        lin.say(&path, "1", "悄悄话").await;
        assert_eq!(texts(&mei.get(&format!("{path}/messages")).await), [""; 0]);
        assert_eq!(mei.get("/chats").await.field("/chats"), "[]");
        assert_eq!(mei.get(&format!("{path}/chat")).await.field("/chat/last"), "null");
    }

    async fn a_message_is_shown_whole(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        lin.say(&path, "k1", "茶").await;
        let page = lin.get(&format!("{path}/messages")).await;
        assert_snapshot!(page, @r#"{"messages":[{"cursor":"1.1.0","seq":"1","from":"person","type":"text","content":"茶","created_at":"2026-01-01T04:00:00Z","key":"k1"}],"next":"1.1.0","prev":null}"#);
    }

    async fn a_conversation_is_read_in_both_directions(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        count(&lin, &path, 5).await;
        let latest = lin.get(&format!("{path}/messages?limit=2")).await;
        assert_eq!(texts(&latest), ["4", "5"]);
        let before = format!("{path}/messages?limit=2&before={}", latest.field("/prev"));
        let earlier = lin.get(&before).await;
        assert_eq!(texts(&earlier), ["2", "3"]);
        let before = format!("{path}/messages?limit=2&before={}", earlier.field("/prev"));
        let first = lin.get(&before).await;
        assert_eq!(
            (texts(&first), first.field("/prev")),
            (vec!["1".to_owned()], "null".to_owned())
        );
        let after = format!("{path}/messages?limit=3&after={}", first.field("/next"));
        let onwards = lin.get(&after).await;
        assert_eq!(texts(&onwards), ["2", "3", "4"]);
        let end = latest.field("/next");
        let nothing = lin.get(&format!("{path}/messages?after={end}")).await;
        assert_eq!((texts(&nothing), nothing.field("/next")), (Vec::new(), end));
        assert_eq!(texts(&lin.get(&format!("{path}/messages?after=0")).await).len(), 5);
    }

    async fn a_cursor_of_another_world_is_gone(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        let gone = lin.get(&format!("{path}/messages?after=7.1.0")).await;
        assert_snapshot!(gone, @r#"410 {"error":"cursor_gone","message":"数据已经重置，用 0 从头开始。"}"#);
        for query in ["after=x", "before=1.1", "after=0&before=0", "limit=101"] {
            let reply = lin.get(&format!("{path}/messages?{query}")).await;
            assert_eq!(
                (reply.status, reply.field("/error")),
                (400, "bad_request".to_owned()),
                "{query}"
            );
        }
    }

    async fn what_the_account_says_is_unread_until_it_is_read(app) {
        let lin = Browser::of(&app, "林夏").await;
        let person = app.platform.keys.ids().find_person(&lin.person).expect("an id");
        let openid = app.follow(person, app.account()).await.to_string();
        let path = address(&app, app.account());
        lin.say(&path, "1", "在吗").await;
        answer(&app, &openid, "在").await;
        answer(&app, &openid, "稍等").await;
        let chats = lin.get("/chats").await;
        assert_eq!(chats.field("/chats/0/unread"), "2");
        let last =
            r#"{"type":"text","from":"account","preview":"稍等","sent_at":"2026-01-01T04:00:00Z"}"#;
        assert_eq!(chats.field("/chats/0/last"), last);
        assert_eq!(chats.field("/chats/0/last_seq"), "3");
        let read = format!("{path}/read");
        assert_snapshot!(lin.post(&read, r#"{"seq":"2"}"#).await, @r#"{"unread":1}"#);
        assert_snapshot!(lin.post(&read, r#"{"seq":"1"}"#).await, @r#"{"unread":1}"#);
        assert_snapshot!(lin.post(&read, r#"{"seq":"99"}"#).await, @r#"{"unread":0}"#);
        assert_eq!(lin.get("/chats").await.field("/chats/0/read_seq"), "3");
        for seq in [r#""x""#, r#""-1""#, "2"] {
            let reply = lin.post(&read, &format!(r#"{{"seq":{seq}}}"#)).await;
            assert_eq!(reply.field("/error"), "bad_request", "{seq}");
        }
        assert_eq!(
            lin.post(&format!("/accounts/{}/read", lin.person), r#"{"seq":"1"}"#).await.status,
            404
        );
    }

    async fn the_latest_chat_comes_first_and_pages_go_on(app) {
        let lin = Browser::of(&app, "林夏").await;
        for name in ["乙", "丙", "丁"] {
            let new = NewTestAccount { name: name.to_owned(), ..NewTestAccount::default() };
            let account = app.create_account(new).await;
            let path = lin.follow(&account).await;
            lin.say(&path, name, "hi").await;
            app.advance(Duration::from_secs(1)).await;
        }
        let first = lin.get("/chats?limit=2").await;
        assert_eq!(first.field("/chats/0/account/name"), "丁");
        assert_eq!(first.field("/chats/1/account/name"), "丙");
        let rest = lin.get(&format!("/chats?limit=2&after={}", first.field("/next"))).await;
        assert_eq!(rest.field("/chats/0/account/name"), "乙");
        assert_eq!(rest.field("/next"), "null");
        assert_eq!(lin.get("/chats?after=1.x").await.field("/error"), "bad_request");
    }
}
