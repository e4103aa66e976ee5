//! Passive replies: each kind as the person sees it, and what is no reply.

use serde_json::{Value, json};
use testkit::{Answer, on_both};
use wire::callback::{Format, Mode};

use super::{Talk, outcome};

fn reply(kind: &str, fields: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[OPENID]]></ToUserName>\
         <FromUserName><![CDATA[gh_OWN]]></FromUserName><CreateTime>1767240001</CreateTime>\
         <MsgType><![CDATA[{kind}]]></MsgType>{fields}</xml>"
    )
}

/// Without what differs from run to run.
fn bare(mut replies: Value) -> Value {
    for message in replies.as_array_mut().expect("a list") {
        let message = message.as_object_mut().expect("an object");
        message.remove("seq");
        message.remove("created_at");
    }
    replies
}

async fn upload(talk: &Talk, kind: &str, name: &str, bytes: &[u8]) -> String {
    let token = talk.app.token_of(&talk.account).await;
    let path = format!("/cgi-bin/media/upload?access_token={token}&type={kind}");
    talk.app.upload(&path, name, bytes).await.field("/media_id")
}

const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00\x00\
    \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

on_both! {
    async fn a_text_is_shown(app) {
        let talk = Talk::begin(&app).await;
        let shown = talk.answered(&reply("text", "<Content>收到 &amp; 谢谢</Content>")).await;
        let text = json!([{"from": "account", "type": "text", "content": "收到 & 谢谢"}]);
        assert_eq!(bare(shown), text);
    }

    async fn a_picture_of_the_account_is_shown_and_a_foreign_one_is_no_reply(app) {
        let talk = Talk::begin(&app).await;
        let media_id = upload(&talk, "image", "tea.gif", GIF).await;
        let image = format!("<Image><MediaId><![CDATA[{media_id}]]></MediaId></Image>");
        let shown = bare(talk.answered(&reply("image", &image)).await);
        assert_eq!(shown[0]["type"], json!("image"));
        assert_eq!(shown[0]["media_id"], json!(media_id));
        let foreign = reply("image", "<Image><MediaId>Zm9yZWlnbg</MediaId></Image>");
        (0..3).for_each(|_| { talk.server.answer(Answer::text(&talk.fill(&foreign))); });
        let acted = talk.say("再来").await;
        assert_eq!(outcome(&acted), ("failed".into(), "no such medium: Zm9yZWlnbg".into()));
    }

    async fn music_and_its_words_are_shown(app) {
        let talk = Talk::begin(&app).await;
        let music = "<Music><Title>茶歌</Title><Description>采茶</Description>\
                     <MusicUrl>http://m/1</MusicUrl><HQMusicUrl>http://m/2</HQMusicUrl></Music>";
        let shown = bare(talk.answered(&reply("music", music)).await);
        let field = |name: &str| shown[0][name].as_str().unwrap_or_default();
        assert_eq!((field("type"), field("title")), ("music", "茶歌"));
        assert_eq!((field("musicurl"), field("hqmusicurl")), ("http://m/1", "http://m/2"));
    }

    async fn of_news_after_a_message_one_article_is_shown(app) {
        let talk = Talk::begin(&app).await;
        let item = |n| format!(
            "<item><Title>第{n}篇</Title><Description>简介</Description>\
             <PicUrl>http://p/{n}</PicUrl><Url>http://a/{n}</Url></item>"
        );
        let articles: String = (1..=3).map(item).collect();
        let news = format!("<ArticleCount>3</ArticleCount><Articles>{articles}</Articles>");
        let shown = bare(talk.answered(&reply("news", &news)).await);
        let first = json!({"title": "第1篇", "description": "简介", "url": "http://a/1",
                           "picurl": "http://p/1"});
        assert_eq!(shown[0]["articles"], json!([first]));
    }

    async fn nothing_and_success_are_silence(app) {
        let talk = Talk::begin(&app).await;
        for silence in ["", "success", " success\n"] {
            assert_eq!(talk.answered(silence).await, json!([]), "{silence:?}");
        }
    }

    async fn a_transfer_to_agents_shows_nothing(app) {
        let talk = Talk::begin(&app).await;
        talk.server.answer(Answer::text(&talk.fill(&reply("transfer_customer_service", ""))));
        let acted = talk.say("找人工").await;
        assert_eq!(outcome(&acted).0, "replied");
        assert_eq!(acted["replies"], json!([]));
    }

    async fn a_plain_reply_in_safe_mode_is_none(app) {
        let talk = Talk::begin_in(&app, Mode::Safe, Format::Xml).await;
        let plain = talk.fill(&reply("text", "<Content>收到</Content>"));
        (0..3).for_each(|_| { talk.server.answer(Answer::text(&plain)); });
        let acted = talk.say("茶").await;
        let (status, reason) = outcome(&acted);
        assert_eq!(status, "failed");
        assert!(reason.contains("safe mode"), "{reason}");
    }

    async fn a_reply_to_an_unfollow_is_discarded(app) {
        let talk = Talk::begin(&app).await;
        let goodbye = talk.fill(&reply("text", "<Content>再见</Content>"));
        talk.server.answer(Answer::text(&goodbye));
        let path = format!("/sandbox/people/{}/unfollow", talk.person);
        let body = format!(r#"{{"appid":"{}"}}"#, talk.account.app_id);
        let acted = app.post(&path, &body).await.json();
        assert_eq!(outcome(&acted).0, "replied");
        let inbox = format!(
            "/sandbox/people/{}/inbox?appid={}&after=0", talk.person, talk.account.app_id
        );
        assert_eq!(app.get(&inbox).await.json()["messages"], json!([]));
    }
}
