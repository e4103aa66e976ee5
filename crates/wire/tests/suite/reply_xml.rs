//! Replies in XML: every kind, in every sloppy form that is accepted, and what is not.

use wire::callback::{Format, Mode};
use wire::ids::MediaId;
use wire::reply::{Answering, InvalidReply, Music, News, NewsArticle, Reply, Rule, Video, parse};

use crate::{credentials, expected};

fn read(body: &str) -> Result<Reply, InvalidReply> {
    parse(body.as_bytes(), Format::Xml, Mode::Plain, &credentials(), &expected())
}

fn rule(body: &str) -> Rule {
    read(body).expect_err("an invalid reply").rule
}

/// A reply on one line, with the given kind and its own elements.
pub(crate) fn framed(msg_type: &str, elements: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[oABCD0123456789abcdefghijklm]]></ToUserName>\
         <FromUserName><![CDATA[gh_0123456789ab]]></FromUserName>\
         <CreateTime>1760000001</CreateTime>\
         <MsgType><![CDATA[{msg_type}]]></MsgType>{elements}</xml>"
    )
}

fn text_reply(content: &str) -> String {
    framed("text", &format!("<Content><![CDATA[{content}]]></Content>"))
}

fn text(content: &str) -> Reply {
    Reply::Text { content: content.to_owned() }
}

fn media(id: &str) -> MediaId {
    MediaId::parse(id).expect("a media id")
}

#[test]
fn nothing_and_success_are_no_answer() {
    for body in ["", "success", " success\r\n", "\n", " \t "] {
        assert_eq!(read(body), Ok(Reply::Nothing), "{body:?}");
    }
}

#[test]
fn other_words_are_invalid() {
    for body in ["SUCCESS", "Success", "success!", "ok", "\"success\"", "fail", "你好"] {
        assert_eq!(rule(body), Rule::BytesInFront, "{body}");
    }
}

#[test]
fn a_text_keeps_its_lines_blanks_and_links() {
    let content = " line 1\nline 2 <a href=\"https://h5.example.com\">link</a> ";
    assert_eq!(read(&text_reply(content)), Ok(text(content)));
}

#[test]
fn elements_may_come_in_any_order_on_their_own_lines_without_cdata() {
    let body = "\n  <xml>\r\n\t<MsgType>text</MsgType>\n\
        <Content>收到 &lt;b&gt; &amp; &#22909; &#x597d;</Content>\n\
        <FuncFlag>0</FuncFlag>\n\
        <CreateTime>1760000001000</CreateTime>\n\
        <ToUserName>\n  oABCD0123456789abcdefghijklm\n</ToUserName>\n\
        <FromUserName> gh_0123456789ab </FromUserName>\n</xml>\n\n";
    assert_eq!(read(body), Ok(text("收到 <b> & 好 好")));
}

#[test]
fn a_declaration_and_comments_are_part_of_the_document() {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- bot -->\n{}\n<!-- end -->\n",
        text_reply("hi")
    );
    assert_eq!(read(&body), Ok(text("hi")));
}

#[test]
fn a_split_cdata_section_is_one_text() {
    let body = text_reply("a]]]]><![CDATA[>b");
    assert_eq!(read(&body), Ok(text("a]]>b")));
}

#[test]
fn unknown_elements_and_attributes_are_ignored() {
    let body =
        framed("text", "<Extra a='1'><Deep><Er/></Deep></Extra><Content b=\"2\">hi</Content>");
    assert_eq!(read(&body), Ok(text("hi")));
}

#[test]
fn a_picture_and_a_voice_have_a_medium() {
    let image = framed("image", "<Image> <MediaId><![CDATA[MEDIA_ID]]></MediaId> </Image>");
    assert_eq!(read(&image), Ok(Reply::Image { media_id: media("MEDIA_ID") }));
    let voice = framed("voice", "<Voice>\n<MediaId>MEDIA_ID</MediaId>\n</Voice>");
    assert_eq!(read(&voice), Ok(Reply::Voice { media_id: media("MEDIA_ID") }));
}

#[test]
fn a_film_may_have_words() {
    let full = "<Video><MediaId>M</MediaId><Title>片名</Title><Description/></Video>";
    let bare = "<Video><MediaId>M</MediaId></Video>";
    for (elements, title) in [(full, "片名"), (bare, "")] {
        let video =
            Video { media_id: media("M"), title: title.to_owned(), description: String::new() };
        assert_eq!(read(&framed("video", elements)), Ok(Reply::Video(video)));
    }
}

#[test]
fn music_needs_no_cover() {
    let elements = "<Music><Title><![CDATA[歌]]></Title><Description>d</Description>\
        <MusicUrl>http://a/1.mp3?a=1&amp;b=2</MusicUrl><HQMusicUrl>http://a/2.mp3</HQMusicUrl>\
        <ThumbMediaId></ThumbMediaId></Music>";
    let music = Music {
        title: "歌".to_owned(),
        description: "d".to_owned(),
        music_url: "http://a/1.mp3?a=1&b=2".to_owned(),
        hq_music_url: "http://a/2.mp3".to_owned(),
        thumb_media_id: None,
    };
    assert_eq!(read(&framed("music", elements)), Ok(Reply::Music(music.clone())));
    let covered = elements.replace("<ThumbMediaId>", "<ThumbMediaId>COVER");
    let music = Music { thumb_media_id: Some(media("COVER")), ..music };
    assert_eq!(read(&framed("music", &covered)), Ok(Reply::Music(music)));
}

fn news_of(count: &str, items: usize) -> String {
    let item = |n| format!("<item><Title>{n}</Title><Url>http://a/{n}</Url></item>\n");
    let items = (1..=items).map(item).collect::<Vec<_>>().concat();
    framed("news", &format!("<ArticleCount>{count}</ArticleCount><Articles>\n{items}</Articles>"))
}

fn articles(body: &str) -> Vec<NewsArticle> {
    match read(body).expect("a valid reply") {
        Reply::News(news) => news.articles,
        other => panic!("not news: {other:?}"),
    }
}

#[test]
fn news_has_articles() {
    let article = NewsArticle {
        title: "1".to_owned(),
        url: "http://a/1".to_owned(),
        ..NewsArticle::default()
    };
    assert_eq!(articles(&news_of("1", 1)), [article]);
}

#[test]
fn of_two_counts_of_articles_the_smaller_counts() {
    for (count, items, seen) in [("2", 3, 2), ("5", 3, 3), ("", 3, 3), ("x", 2, 2)] {
        assert_eq!(articles(&news_of(count, items)).len(), seen, "{count} and {items}");
    }
    let uncounted = news_of("1", 2).replace("<ArticleCount>1</ArticleCount>", "");
    assert_eq!(articles(&uncounted).len(), 2);
}

#[test]
fn news_shows_one_article_after_a_message_and_eight_after_an_event() {
    let news = News { articles: articles(&news_of("10", 10)) };
    assert_eq!(news.shown(Answering::Message), &news.articles[..1]);
    assert_eq!(news.shown(Answering::Event), &news.articles[..8]);
    let short = News { articles: articles(&news_of("1", 1)) };
    assert_eq!(short.shown(Answering::Event).len(), 1);
}

#[test]
fn news_without_articles_is_invalid() {
    assert_eq!(rule(&news_of("0", 0)), Rule::Empty("Articles"));
    assert_eq!(rule(&news_of("0", 1)), Rule::Empty("Articles"));
    let missing = framed("news", "<ArticleCount>1</ArticleCount>");
    assert_eq!(rule(&missing), Rule::Missing("Articles"));
}

#[test]
fn a_transfer_may_name_an_agent() {
    for (elements, expected) in [
        ("", None),
        ("<TransInfo></TransInfo>", None),
        ("<TransInfo><KfAccount/></TransInfo>", None),
        (
            "<TransInfo><KfAccount><![CDATA[test1@test]]></KfAccount></TransInfo>",
            Some("test1@test"),
        ),
    ] {
        let kf_account = expected.map(str::to_owned);
        let reply = read(&framed("transfer_customer_service", elements));
        assert_eq!(reply, Ok(Reply::TransferCustomerService { kf_account }), "{elements}");
    }
}

#[test]
fn a_message_may_go_to_the_platforms_own_bot() {
    assert_eq!(read(&framed("transfer_biz_ai_ivr", "")), Ok(Reply::TransferBizAiIvr));
}

#[test]
fn an_appid_as_sender_is_invalid() {
    let body = text_reply("hi").replace("gh_0123456789ab", "wx0a1b2c3d4e5f6071");
    assert_eq!(rule(&body), Rule::WrongSender("wx0a1b2c3d4e5f6071".to_owned()));
}

#[test]
fn receiver_and_sender_not_swapped_is_invalid() {
    let body = "<xml><ToUserName>gh_0123456789ab</ToUserName>\
        <FromUserName>oABCD0123456789abcdefghijklm</FromUserName>\
        <CreateTime>1</CreateTime><MsgType>text</MsgType><Content>hi</Content></xml>";
    assert_eq!(rule(body), Rule::WrongReceiver("gh_0123456789ab".to_owned()));
}

#[test]
fn a_missing_or_empty_required_field_is_invalid() {
    let body = framed("text", "<Content>hi</Content>");
    for name in ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"] {
        let renamed = body.replace(&format!("{name}>"), "Other>");
        assert_eq!(rule(&renamed), Rule::Missing(name));
    }
    assert_eq!(rule(&framed("", "")), Rule::Empty("MsgType"));
    assert_eq!(rule(&text_reply("")), Rule::Empty("Content"));
    assert_eq!(rule(&framed("text", "<Content/>")), Rule::Empty("Content"));
    assert_eq!(rule(&framed("image", "")), Rule::Missing("Image"));
    assert_eq!(rule(&framed("image", "<Image/>")), Rule::Missing("MediaId"));
    let empty = framed("voice", "<Voice><MediaId><![CDATA[]]></MediaId></Voice>");
    assert_eq!(rule(&empty), Rule::Empty("MediaId"));
}

#[test]
fn an_unknown_kind_is_invalid() {
    for kind in ["link", "Text", "TEXT", "event", "mpnews"] {
        assert_eq!(
            rule(&framed(kind, "<Content>hi</Content>")),
            Rule::UnknownMsgType(kind.to_owned())
        );
    }
}

#[test]
fn what_cannot_be_a_media_id_is_invalid() {
    let body = framed("image", "<Image><MediaId>http://a/b.png</MediaId></Image>");
    assert_eq!(rule(&body), Rule::NotMediaId("MediaId"));
}

#[test]
fn a_text_over_2048_bytes_is_invalid() {
    let longest = "好".repeat(682) + "!!";
    assert_eq!(read(&text_reply(&longest)), Ok(text(&longest)));
    let rule = rule(&text_reply(&(longest + "!")));
    assert_eq!(rule, Rule::TextTooLong { size_bytes: 2049, limit_bytes: 2048 });
}

#[test]
fn unescaped_markup_in_a_text_is_invalid() {
    let body = framed("text", "<Content>see <a href=\"http://a\">this</a></Content>");
    assert_eq!(rule(&body), Rule::NotText("Content"));
}

#[test]
fn json_is_invalid_where_xml_is_set() {
    assert_eq!(rule(r#" {"MsgType": "text"}"#), Rule::JsonInXmlMode);
    assert_eq!(rule("{not json}"), Rule::BytesInFront);
}

#[test]
fn bytes_in_front_are_invalid() {
    let reply = text_reply("hi");
    for front in ["\u{feff}", "Notice: undefined variable\n", "success", "null"] {
        assert_eq!(rule(&format!("{front}{reply}")), Rule::BytesInFront, "{front}");
    }
    assert_eq!(rule("\u{feff}success"), Rule::BytesInFront);
    let notice = format!("<br />\n<b>Notice</b>: undefined variable{reply}");
    assert_eq!(rule(&notice), Rule::WrongRoot("br".to_owned()));
}

#[test]
fn bytes_behind_are_invalid() {
    for behind in ["x", "<div>trace</div>", "<xml></xml>", "<?xml version=\"1.0\"?>"] {
        let body = format!("{}{behind}", text_reply("hi"));
        assert!(matches!(rule(&body), Rule::Malformed(_)), "{behind}");
    }
}

#[test]
fn a_broken_rule_names_its_line() {
    let body = text_reply("hi").replace("<From", "\n<From").replace("<Create", "\n<Create");
    let line = read(&body.replace("gh_0123456789ab", "gh_wrong")).unwrap_err().line.unwrap();
    assert_eq!(line.number, 2);
    assert_eq!(line.text, "<FromUserName><![CDATA[gh_wrong]]></FromUserName>");
}

#[test]
fn a_missing_field_is_missed_at_its_parent() {
    let body = framed("image", "\n<Image>\r\n</Image>");
    let line = read(&body).unwrap_err().line.unwrap();
    assert_eq!((line.number, line.text.as_str()), (2, "<Image>"));
}

#[test]
fn an_unclosed_element_is_found_at_the_end_or_at_the_wrong_tag() {
    let unclosed = read("<xml>\n<ToUserName>o\n").unwrap_err();
    assert_eq!(unclosed.rule, Rule::Malformed("<ToUserName> is not closed".to_owned()));
    assert_eq!(unclosed.line.unwrap().number, 3);
    let crossed = read("<xml>\n<Content>hi\n</Contents></xml>").unwrap_err();
    assert!(matches!(crossed.rule, Rule::Malformed(_)), "{crossed}");
    assert_eq!(crossed.line.unwrap().number, 3);
}
