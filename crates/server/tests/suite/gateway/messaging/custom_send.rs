//! `POST /cgi-bin/message/custom/send`

use std::time::Duration;

use insta::assert_snapshot;
use serde_json::{Value, json};
use testkit::platform::conversations::content::Content;
use testkit::platform::conversations::{chats, list_before};
use testkit::platform::followers;
use testkit::platform::ids::PersonId;
use testkit::{NewTestAccount, Reply, TestApp, on_both};

use super::super::failure;
use super::super::media::{MP4, PNG, amr, jpeg, upload};

const PATH: &str = "/cgi-bin/message/custom/send";
const OK: &str = r#"{"errcode":0,"errmsg":"ok"}"#;

/// A person who follows the account now, which lets it send three messages within a minute.
struct Follower<'a> {
    app: &'a TestApp,
    person: PersonId,
    openid: String,
}

impl<'a> Follower<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let person = app.create_person("小明").await;
        let openid = app.follow(person, app.account()).await.as_str().to_owned();
        Self { app, person, openid }
    }

    async fn send(&self, kind: &str, object: Value) -> Reply {
        let body = json!({"touser": self.openid, "msgtype": kind, kind: object});
        self.app.post(PATH, &body.to_string()).await
    }

    async fn text(&self, content: &str) -> Reply {
        self.send("text", json!({"content": content})).await
    }

    /// What the person sees last, as it is kept.
    async fn last(&self) -> Content {
        let (account, person) = (self.app.account().id, self.person);
        let read = self.app.platform.db.read(move |tx| {
            let follower = followers::find(tx, account, person)?.expect("he follows");
            list_before(tx, (account, follower.no), None, 1)
        });
        let mut page = read.await.expect("the store answers");
        page.messages.pop().expect("there is a message").content
    }
}

on_both! {
    async fn a_text_arrives_and_stands_in_the_chat_list(app) {
        let follower = Follower::new(&app).await;
        assert_eq!(follower.text("您好，茶好了").await.text(), OK);
        let (account, person) = (app.account().id, follower.person);
        let chat = app.platform.db.read(move |tx| chats::find(tx, person, account));
        let chat = chat.await.expect("the store answers").expect("he follows");
        assert_eq!(chat.last.expect("a message").preview, "您好，茶好了");
        assert_eq!(chat.unread, 1);
    }

    async fn media_arrive_as_the_account_s_own(app) {
        let follower = Follower::new(&app).await;
        let image = upload(&app, "image", PNG).await;
        assert_eq!(follower.send("image", json!({"media_id": image})).await.text(), OK);
        let last = follower.last().await;
        assert!(matches!(last, Content::Image { media } if media.size == Some((2, 1))));
        let voice = upload(&app, "voice", &amr(50)).await;
        assert_eq!(follower.send("voice", json!({"media_id": voice})).await.text(), OK);
        let last = follower.last().await;
        assert!(matches!(last, Content::Voice { media, .. } if media.millis == Some(1_000)));
        let film = json!({
            "media_id": upload(&app, "video", MP4).await,
            "thumb_media_id": upload(&app, "thumb", &jpeg()).await,
            "title": "采茶",
        });
        assert_eq!(follower.send("video", film).await.text(), OK);
        assert!(matches!(follower.last().await, Content::Video(film) if film.thumb.is_some()));
    }

    async fn a_film_may_come_without_a_cover_and_music_may_not(app) {
        let follower = Follower::new(&app).await;
        let film = json!({"media_id": upload(&app, "video", MP4).await, "thumb_media_id": ""});
        assert_eq!(follower.send("video", film).await.text(), OK);
        let song = |thumb: &str| {
            json!({"title": "高山流水", "musicurl": "http://a/b.mp3", "thumb_media_id": thumb})
        };
        assert!(follower.send("music", song("")).await.text().contains("40007"));
        let thumb = upload(&app, "thumb", &jpeg()).await;
        assert_eq!(follower.send("music", song(&thumb)).await.text(), OK);
        let last = follower.last().await;
        assert!(matches!(last, Content::Music(song) if song.musicurl == "http://a/b.mp3"));
    }

    async fn a_card_has_one_article(app) {
        let follower = Follower::new(&app).await;
        let article = json!({"title": "新茶", "description": "上市", "url": "http://a", "picurl": ""});
        assert_eq!(follower.send("news", json!({"articles": [article]})).await.text(), OK);
        let last = follower.last().await;
        assert!(matches!(last, Content::News { articles } if articles[0].title == "新茶"));
        let two = follower.send("news", json!({"articles": [article, article]})).await;
        assert_snapshot!(
            two,
            @r#"{"errcode":45008,"errmsg":"article size out of limit rid: [rid]"}"#
        );
        for none in [json!({"articles": []}), json!({})] {
            let reply = follower.send("news", none).await;
            assert_snapshot!(reply, @r#"{"errcode":44003,"errmsg":"empty news data rid: [rid]"}"#);
        }
    }

    async fn a_menu_has_items_with_words_or_numbers_for_ids(app) {
        let follower = Follower::new(&app).await;
        let menu = json!({
            "head_content": "满意吗？",
            "list": [{"id": "101", "content": "满意"}, {"id": 102, "content": "不满意"}],
            "tail_content": "谢谢",
        });
        assert_eq!(follower.send("msgmenu", menu).await.text(), OK);
        let last = follower.last().await;
        assert!(matches!(last, Content::MsgMenu { list, .. } if list[1].id == "102"));
        let empty = follower.send("msgmenu", json!({"list": []})).await;
        assert_snapshot!(
            empty,
            @r#"{"errcode":45098,"errmsg":"msgmenu list size is out of limit rid: [rid]"}"#
        );
        let blank = follower.send("msgmenu", json!({"list": [{"id": "1", "content": ""}]})).await;
        assert_snapshot!(
            blank,
            @r#"{"errcode":45099,"errmsg":"msgmenu item content size is out of limit rid: [rid]"}"#
        );
    }

    async fn what_other_rooms_will_hold_is_sent_by_its_id(app) {
        let follower = Follower::new(&app).await;
        assert_eq!(follower.send("mpnews", json!({"media_id": "M"})).await.text(), OK);
        assert_eq!(follower.send("mpnewsarticle", json!({"article_id": "A"})).await.text(), OK);
        assert_eq!(follower.send("wxcard", json!({"card_id": "C"})).await.text(), OK);
        let other = Follower::new(&app).await;
        assert!(other.send("mpnews", json!({})).await.text().contains("40007"));
        let nameless = other.send("mpnewsarticle", json!({"article_id": ""})).await;
        assert!(nameless.text().contains("53600"));
        assert!(other.send("wxcard", json!({})).await.text().contains("40073"));
    }

    async fn a_page_of_a_mini_program_needs_appid_path_and_cover(app) {
        let follower = Follower::new(&app).await;
        let cover = upload(&app, "image", PNG).await;
        let page = json!({
            "title": "订座", "appid": "wx0123456789abcdef", "pagepath": "pages/index?a=1",
            "thumb_media_id": cover,
        });
        assert_eq!(follower.send("miniprogrampage", page.clone()).await.text(), OK);
        let codes = [("appid", "40166"), ("pagepath", "40165"), ("thumb_media_id", "40007")];
        for (field, code) in codes {
            let mut page = page.clone();
            page[field] = json!("");
            let reply = follower.send("miniprogrampage", page).await;
            assert!(reply.text().contains(code), "{field}: {reply}");
        }
    }

    async fn an_unknown_type_is_40008(app) {
        let follower = Follower::new(&app).await;
        for kind in ["", "link", "carrier_pigeon"] {
            let reply = follower.send(kind, json!({})).await;
            assert_snapshot!(
                reply,
                @r#"{"errcode":40008,"errmsg":"invalid message type rid: [rid]"}"#
            );
        }
    }

    async fn an_empty_text_is_44004_and_a_long_one_45002(app) {
        let follower = Follower::new(&app).await;
        let empty = r#"{"errcode":44004,"errmsg":"empty content rid: [rid]"}"#;
        assert_eq!(follower.text("").await.to_string(), empty);
        assert_eq!(follower.send("text", json!({})).await.to_string(), empty);
        let body = format!(r#"{{"touser":"{}","msgtype":"text"}}"#, follower.openid);
        assert_eq!(app.post(PATH, &body).await.to_string(), empty);
        assert_eq!(follower.text(&"a".repeat(2_048)).await.text(), OK);
        assert_snapshot!(
            follower.text(&"a".repeat(2_049)).await,
            @r#"{"errcode":45002,"errmsg":"content size out of limit rid: [rid]"}"#
        );
    }

    async fn a_medium_of_another_kind_account_or_time_is_40007(app) {
        let follower = Follower::new(&app).await;
        let image = upload(&app, "image", PNG).await;
        for kind in ["voice", "video"] {
            let reply = follower.send(kind, json!({"media_id": image})).await;
            assert_snapshot!(reply, @r#"{"errcode":40007,"errmsg":"invalid media_id rid: [rid]"}"#);
        }
        assert!(follower.send("image", json!({"media_id": "x"})).await.text().contains("40007"));
        assert!(follower.send("image", json!({})).await.text().contains("40007"));
        app.advance(Duration::from_secs(3 * 86_400)).await;
        assert!(follower.send("image", json!({"media_id": image})).await.text().contains("40007"));
    }

    async fn nobody_of_that_name_is_40003(app) {
        let other = app.create_account(NewTestAccount::default()).await;
        let person = app.create_person("小红").await;
        let elsewhere = app.follow(person, &other).await;
        for openid in ["", "x", "oAAAAAAAAAAAAAAAAAAAAAAAAAAA", elsewhere.as_str()] {
            let body = json!({"touser": openid, "msgtype": "text", "text": {"content": "茶"}});
            let reply = app.post(PATH, &body.to_string()).await;
            assert_snapshot!(reply, @r#"{"errcode":40003,"errmsg":"invalid openid rid: [rid]"}"#);
        }
    }

    async fn the_budget_of_a_follow_is_three_in_a_minute(app) {
        let follower = Follower::new(&app).await;
        for _ in 0..3 {
            assert_eq!(follower.text("茶").await.text(), OK);
        }
        assert_snapshot!(
            follower.text("茶").await,
            @r#"{"errcode":45047,"errmsg":"out of response count limit rid: [rid]"}"#
        );
        app.advance(Duration::from_secs(60)).await;
        assert_eq!(
            follower.text("茶").await.to_string(),
            failure(45_015, "response out of time limit or subscription is canceled"),
        );
    }

    async fn an_agent_who_does_not_exist_is_61452_and_an_empty_one_is_none(app) {
        let follower = Follower::new(&app).await;
        let body = |agent: &str| {
            json!({
                "touser": follower.openid, "msgtype": "text", "text": {"content": "茶"},
                "customservice": {"kf_account": agent}, "aimsgcontext": {"is_ai_msg": 1},
            })
            .to_string()
        };
        assert_snapshot!(
            app.post(PATH, &body("tea@shop")).await,
            @r#"{"errcode":61452,"errmsg":"invalid kf_account rid: [rid]"}"#
        );
        assert_eq!(app.post(PATH, &body("")).await.text(), OK);
    }
}
