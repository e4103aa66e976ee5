//! The check of what is stored sees each kind of fault, and none where there is none.

use db::{Db, Error, params};
use insta::assert_snapshot;
use platform::verify;
use testkit::{BLOCKING, DeveloperServer, NewTestAccount, TestApp, on_both};

/// An account with a server, a person who follows it, and three messages: two of his, one answer.
async fn make_history(app: &TestApp) {
    let server = DeveloperServer::start().await;
    let account = app.create_account(NewTestAccount::with_server(&server.url())).await;
    let mei = app.create_person("Mei").await;
    app.follow(mei, &account).await;
    let (person, appid) = (app.public_id(mei), account.app_id.as_str());
    for text in ["一", "二"] {
        let body = format!(r#"{{"appid":"{appid}","type":"text","content":"{text}"}}"#);
        let path = format!("/sandbox/people/{person}/send");
        assert_eq!(app.post(&path, &body).await.status, 200);
    }
    let openid = app.follow(mei, &account).await;
    let token = app.token_of(&account).await;
    let path = format!("/cgi-bin/message/custom/send?access_token={token}");
    let body = format!(r#"{{"touser":"{openid}","msgtype":"text","text":{{"content":"三"}}}}"#);
    assert!(app.post(&path, &body).await.text().contains(r#""errcode":0"#));
    app.drain().await;
}

async fn faults(app: &TestApp) -> String {
    let db = app.platform.db.clone();
    let found = tokio::task::spawn_blocking(move || verify::list_faults(&db)).await;
    found.expect(BLOCKING).unwrap().join("\n")
}

/// Changes something behind everybody's back.
async fn plant(app: &TestApp, statement: &'static str) {
    let db: Db = app.platform.db.clone();
    let touched = db.write(move |tx| tx.execute(statement, params![])).await;
    assert!(matches!(touched, Ok(1..)), "{touched:?}");
}

on_both! {
    async fn a_world_in_use_is_in_order(app) {
        make_history(&app).await;
        assert_snapshot!(faults(&app).await, @"");
    }

    async fn a_lost_message_is_seen(app) {
        make_history(&app).await;
        plant(&app, "/* fan_out */ delete from message where seq = 2").await;
        assert_snapshot!(faults(&app).await, @"account 2, follower 0: 3 messages were numbered, and 2 are there, the last of them 3");
    }

    async fn a_lost_last_message_is_seen_on_both_sides(app) {
        make_history(&app).await;
        plant(&app, "/* fan_out */ delete from message where seq = 3").await;
        assert_snapshot!(faults(&app).await, @r"
        account 2, follower 0: 0 messages are unread, and the chat list counts 1
        account 2, follower 0: 3 messages were numbered, and 2 are there, the last of them 2
        ");
    }

    async fn a_lost_conversation_is_seen(app) {
        make_history(&app).await;
        plant(&app, "/* fan_out */ delete from conversation").await;
        assert_snapshot!(faults(&app).await, @r"
        account 2, follower 0: the last message is 0, and the chat list shows 3
        account 2: 3 messages belong to no conversation
        ");
    }

    async fn time_that_falls_is_seen(app) {
        make_history(&app).await;
        plant(&app, "/* fan_out */ update message set sent_at = sent_at + 5000 where seq = 1").await;
        assert_snapshot!(faults(&app).await, @r"
        account 2, follower 0: its last message was not sent when it says
        account 2: 1 messages are older than the one before
        ");
    }

    async fn wrong_counters_are_seen(app) {
        make_history(&app).await;
        plant(&app, "/* fan_out */ update chat set unread = 7").await;
        let statement = "/* fan_out */ update account set next_follower = 4 where account_id = 2";
        plant(&app, statement).await;
        assert_snapshot!(faults(&app).await, @r"
        account 2: it has given 4 follower numbers, and 1 followers are there, numbered below 1
        account 2, follower 0: 1 messages are unread, and the chat list counts 7
        ");
    }

    async fn a_person_who_is_not_there_is_seen(app) {
        make_history(&app).await;
        plant(&app, "/* fan_out */ delete from chat").await;
        assert_snapshot!(faults(&app).await, @"account 2, follower 0: the account is not in the chat list of person 1");
        plant(&app, "/* fan_out */ delete from person").await;
        assert_snapshot!(faults(&app).await, @"account 2, follower 0: the person 1 is not there");
    }

    async fn a_directory_that_leads_nowhere_is_seen(app) {
        plant(&app, "/* fan_out */ delete from directory_appid").await;
        plant(&app, "/* fan_out */ delete from directory_username").await;
        assert_snapshot!(faults(&app).await, @r"
        account 1: its AppID does not lead to it
        account 1: its original id does not lead to it
        ");
    }

    async fn a_counter_that_would_repeat_is_seen(app) {
        make_history(&app).await;
        plant(&app, "update counter set next_number = 1 where name in ('account', 'msg_id')").await;
        assert_snapshot!(faults(&app).await, @r"
        the counter account stands at 1 and will repeat 2
        the counter msg_id stands at 1 and will repeat 7000000000000002
        ");
    }

    async fn a_use_of_a_file_without_a_row_is_seen(app) {
        let gif: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
        let uploaded = app.upload("/cgi-bin/media/upload?type=image", "a.gif", gif).await;
        assert!(uploaded.text().contains("media_id"), "{uploaded}");
        let (db, files) = (app.platform.db.clone(), app.platform.files.clone());
        let list = || async { verify::edge::list_file_faults(&db, &files).await.unwrap().join("\n") };
        assert_snapshot!(list().await, @"");
        plant(&app, "/* fan_out */ delete from media").await;
        let faults = list().await;
        assert!(faults.starts_with("0 media are there, and 1 uses of files\nfile "), "{faults}");
        assert!(faults.ends_with(" of 1 does not name it"), "{faults}");
    }

    async fn a_database_has_one_instance_key(app) {
        let claim = |key: &'static str| {
            let db = app.platform.db.clone();
            async move { db.write(move |tx| verify::instance::claim(tx, key)).await }
        };
        assert_eq!(claim("first").await, Ok::<_, Error>("first".to_owned()));
        assert_eq!(claim("second").await, Ok("first".to_owned()));
    }
}
