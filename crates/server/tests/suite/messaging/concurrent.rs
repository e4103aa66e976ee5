//! 32 at once attack the rules that count: numbers, grants, the sender's own key.

use std::collections::HashSet;

use platform::conversations::content::Content;
use platform::conversations::cursor::Cursor;
use platform::conversations::list_after;
use platform::followers;
use platform::messaging::{self, Inbound, custom, edge};
use testkit::on_both;
use tokio::task::JoinSet;

const ATTACKERS: usize = 32;

fn text(content: &str) -> Content {
    Content::Text { content: content.to_owned(), menu_item: None }
}

on_both! {
    async fn numbers_are_dense_and_instants_never_fall(app) {
        let account = app.account().id;
        let person = app.create_person("林夏").await;
        app.follow(person, app.account()).await;
        let mut attack = JoinSet::new();
        for attacker in 0..ATTACKERS {
            let db = app.platform.db.clone();
            attack.spawn(async move {
                for n in 0..8 {
                    let said = Inbound::Text(format!("{attacker}/{n}"));
                    db.write(move |tx| messaging::receive(tx, (account, person), &said, None))
                        .await
                        .expect("everybody is heard");
                }
            });
        }
        attack.join_all().await;
        let page = app.platform.db.read(move |tx| {
            let follower = followers::find(tx, account, person)?.expect("he follows");
            list_after(tx, (account, follower.no), Cursor::START, 1_000)
        });
        let messages = page.await.expect("a page").messages;
        let numbers: Vec<i64> = messages.iter().map(|message| message.seq.0).collect();
        let dense: Vec<i64> = (1..=8 * 32).collect();
        assert_eq!(numbers, dense);
        let ids: HashSet<i64> = messages.iter().map(|message| message.msg_id).collect();
        assert_eq!(ids.len(), numbers.len(), "no MsgId twice");
        assert!(messages.windows(2).all(|pair| pair[0].sent_at <= pair[1].sent_at));
    }

    async fn a_grant_of_five_is_spent_five_times(app) {
        let account = app.account().id;
        let person = app.create_person("林夏").await;
        let openid = app.follow(person, app.account()).await.to_string();
        app.advance(std::time::Duration::from_secs(61)).await; // the grant of the follow is over
        let hello = Inbound::Text("你好".to_owned());
        let db = app.platform.db.clone();
        db.write(move |tx| messaging::receive(tx, (account, person), &hello, None))
            .await
            .expect("he follows");
        let mut attack = JoinSet::new();
        for n in 0..ATTACKERS {
            let (db, openid) = (db.clone(), openid.clone());
            attack.spawn(async move {
                let content = text(&n.to_string());
                db.write(move |tx| custom::send(tx, account, &openid, &content)).await
            });
        }
        let outcomes = attack.join_all().await;
        let sent = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(sent, 5);
        let refused = |outcome: &Result<_, messaging::Error>| {
            matches!(outcome, Err(messaging::Error::UsedUp))
        };
        assert_eq!(outcomes.iter().filter(|outcome| refused(outcome)).count(), ATTACKERS - 5);
    }

    async fn one_key_is_one_message_however_often_it_is_sent(app) {
        let account = app.account().id;
        let person = app.create_person("林夏").await;
        app.follow(person, app.account()).await;
        let mut attack = JoinSet::new();
        for _ in 0..ATTACKERS {
            let platform = app.platform.clone();
            attack.spawn(async move {
                let said = Inbound::Text("只说一次".to_owned());
                edge::receive_named(&platform, (account, person), said, "one".to_owned()).await
            });
        }
        let outcomes = attack.join_all().await;
        let sent: Vec<_> = outcomes.into_iter().map(|outcome| outcome.expect("taken")).collect();
        assert_eq!(sent.iter().filter(|received| !received.repeated).count(), 1);
        assert!(sent.iter().all(|received| received.message.seq.0 == 1));
    }
}
