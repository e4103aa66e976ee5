//! Messages and events have the observed fields, in the observed order and layout.

use wire::callback::{Format, Mode};
use wire::ids::{AppId, MediaId, OpenId, Username};
use wire::push::{Article, Body, Content, Event, Message, Push, Stamp, render};

use crate::credentials;

pub(crate) const STAMP: Stamp =
    Stamp { timestamp: 1_760_000_000, nonce: 1_893_466_174, random: *b"abcdEFGH12345678" };

pub(crate) fn push(body: Body) -> Push {
    Push {
        to: Username::parse("gh_0123456789ab").expect("an original id"),
        from: OpenId::parse("oABCD0123456789abcdefghijklm").expect("an openid"),
        created_at: 1_760_000_000,
        body,
    }
}

pub(crate) fn message(id: i64, content: Content) -> Push {
    push(Body::Message(Message { id, article: None, content }))
}

pub(crate) fn text(content: &str) -> Content {
    Content::Text { content: content.to_owned(), menu_item: None }
}

fn media(id: &str) -> MediaId {
    MediaId::parse(id).expect("a media id")
}

/// The plain body without the four fields that all have in common.
fn own_fields(push: &Push) -> String {
    let body = plain(push, Format::Xml);
    let rest = body.strip_prefix(
        "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>\n\
         <FromUserName><![CDATA[oABCD0123456789abcdefghijklm]]></FromUserName>\n\
         <CreateTime>1760000000</CreateTime>\n",
    );
    rest.and_then(|rest| rest.strip_suffix("</xml>")).expect("the common frame").to_owned()
}

pub(crate) fn plain(push: &Push, format: Format) -> String {
    let pushed = render(push, format, Mode::Plain, &credentials(), &STAMP);
    String::from_utf8(pushed.body).expect("a text")
}

#[test]
fn the_captured_text_message_has_283_bytes() {
    let push = Push {
        to: Username::parse("gh_de0f036ce08f").unwrap(),
        from: OpenId::parse("ooUo26seZPcU3qKfcMiXLneG3fO4").unwrap(),
        created_at: 1_668_869_541,
        ..message(23_892_468_385_179_204, text("文本消息"))
    };
    let body = plain(&push, Format::Xml);
    assert_eq!(
        body,
        "<xml><ToUserName><![CDATA[gh_de0f036ce08f]]></ToUserName>\n\
         <FromUserName><![CDATA[ooUo26seZPcU3qKfcMiXLneG3fO4]]></FromUserName>\n\
         <CreateTime>1668869541</CreateTime>\n\
         <MsgType><![CDATA[text]]></MsgType>\n\
         <Content><![CDATA[文本消息]]></Content>\n\
         <MsgId>23892468385179204</MsgId>\n\
         </xml>"
    );
    assert_eq!(body.len(), 283);
}

#[test]
fn what_a_menu_message_and_an_article_add_follows_the_number() {
    let push = push(Body::Message(Message {
        id: 24_901_234_567_890_124,
        article: Some(Article { msg_data_id: "2247483901".to_owned(), idx: 1 }),
        content: Content::Text { content: "满意".to_owned(), menu_item: Some("101".to_owned()) },
    }));
    assert_eq!(
        own_fields(&push),
        "<MsgType><![CDATA[text]]></MsgType>\n\
         <Content><![CDATA[满意]]></Content>\n\
         <MsgId>24901234567890124</MsgId>\n\
         <bizmsgmenuid>101</bizmsgmenuid>\n\
         <MsgDataId><![CDATA[2247483901]]></MsgDataId>\n\
         <Idx>1</Idx>\n"
    );
}

#[test]
fn a_menu_item_that_is_no_number_is_a_text() {
    for id in ["yes", "007", "99999999999999999999", "<b>"] {
        let content =
            Content::Text { content: "满意".to_owned(), menu_item: Some(id.to_owned()) };
        let expected = format!("<bizmsgmenuid><![CDATA[{id}]]></bizmsgmenuid>\n");
        assert!(own_fields(&message(1, content)).ends_with(&expected), "{id}");
    }
}

#[test]
fn an_image_has_its_number_before_its_medium() {
    let content = Content::Image {
        pic_url: "http://mmbiz.qpic.cn/mmbiz_jpg/AbCdEf/0".to_owned(),
        media_id: media("LpJA9bW3JX2VI5qoTLP4ZOWVScSQuUg0RMGlYmDF1cH-lQo143YnzKvEjL0fbk3h"),
    };
    assert_eq!(
        own_fields(&message(24_901_234_567_890_125, content)),
        "<MsgType><![CDATA[image]]></MsgType>\n\
         <PicUrl><![CDATA[http://mmbiz.qpic.cn/mmbiz_jpg/AbCdEf/0]]></PicUrl>\n\
         <MsgId>24901234567890125</MsgId>\n\
         <MediaId><![CDATA[LpJA9bW3JX2VI5qoTLP4ZOWVScSQuUg0RMGlYmDF1cH-lQo143YnzKvEjL0fbk3h]]>\
         </MediaId>\n"
    );
}

#[test]
fn a_voice_has_its_recognition_after_its_number() {
    let content = Content::Voice {
        media_id: media("MEDIA_ID"),
        format: "amr".to_owned(),
        media_id_16k: None,
        recognition: Some("今天天气怎么样".to_owned()),
    };
    assert_eq!(
        own_fields(&message(24_901_234_567_890_126, content)),
        "<MsgType><![CDATA[voice]]></MsgType>\n\
         <MediaId><![CDATA[MEDIA_ID]]></MediaId>\n\
         <Format><![CDATA[amr]]></Format>\n\
         <MsgId>24901234567890126</MsgId>\n\
         <Recognition><![CDATA[今天天气怎么样]]></Recognition>\n"
    );
}

#[test]
fn a_voice_ends_in_its_finer_copy() {
    let push = push(Body::Message(Message {
        id: 1,
        article: Some(Article { msg_data_id: "2247483901".to_owned(), idx: 2 }),
        content: Content::Voice {
            media_id: media("MEDIA_ID"),
            format: "speex".to_owned(),
            media_id_16k: Some(media("MEDIA_ID_16K")),
            recognition: Some(String::new()),
        },
    }));
    assert_eq!(
        own_fields(&push),
        "<MsgType><![CDATA[voice]]></MsgType>\n\
         <MediaId><![CDATA[MEDIA_ID]]></MediaId>\n\
         <Format><![CDATA[speex]]></Format>\n\
         <MsgId>1</MsgId>\n\
         <MsgDataId><![CDATA[2247483901]]></MsgDataId>\n\
         <Idx>2</Idx>\n\
         <Recognition><![CDATA[]]></Recognition>\n\
         <MediaId16K><![CDATA[MEDIA_ID_16K]]></MediaId16K>\n"
    );
}

#[test]
fn a_film_has_a_cover_be_it_short_or_long() {
    let (media_id, thumb_media_id) = (media("MEDIA_ID"), media("THUMB_MEDIA_ID"));
    let video =
        Content::Video { media_id: media_id.clone(), thumb_media_id: thumb_media_id.clone() };
    let short = Content::ShortVideo { media_id, thumb_media_id };
    for (kind, content) in [("video", video), ("shortvideo", short)] {
        let expected = format!(
            "<MsgType><![CDATA[{kind}]]></MsgType>\n\
             <MediaId><![CDATA[MEDIA_ID]]></MediaId>\n\
             <ThumbMediaId><![CDATA[THUMB_MEDIA_ID]]></ThumbMediaId>\n\
             <MsgId>24901234567890127</MsgId>\n"
        );
        assert_eq!(own_fields(&message(24_901_234_567_890_127, content)), expected);
    }
}

#[test]
fn the_x_of_a_location_is_its_latitude() {
    let content = Content::Location {
        latitude: 31.237_238,
        longitude: 121.666_672,
        scale: 16,
        label: "浦东新区上丰路".to_owned(),
    };
    assert_eq!(
        own_fields(&message(24_901_234_567_890_129, content)),
        "<MsgType><![CDATA[location]]></MsgType>\n\
         <Location_X>31.237238</Location_X>\n\
         <Location_Y>121.666672</Location_Y>\n\
         <Scale>16</Scale>\n\
         <Label><![CDATA[浦东新区上丰路]]></Label>\n\
         <MsgId>24901234567890129</MsgId>\n"
    );
}

#[test]
fn a_link_has_title_description_and_address() {
    let content = Content::Link {
        title: "标题".to_owned(),
        description: "摘要".to_owned(),
        url: "http://mp.weixin.qq.com/s?__biz=MzA4&mid=1&idx=1&sn=abc#rd".to_owned(),
    };
    assert_eq!(
        own_fields(&message(24_901_234_567_890_130, content)),
        "<MsgType><![CDATA[link]]></MsgType>\n\
         <Title><![CDATA[标题]]></Title>\n\
         <Description><![CDATA[摘要]]></Description>\n\
         <Url><![CDATA[http://mp.weixin.qq.com/s?__biz=MzA4&mid=1&idx=1&sn=abc#rd]]></Url>\n\
         <MsgId>24901234567890130</MsgId>\n"
    );
}

#[test]
fn a_mini_program_page_begins_with_its_number() {
    let content = Content::MiniProgramPage {
        title: "商品详情".to_owned(),
        app_id: AppId::parse("wx0a1b2c3d4e5f6072").unwrap(),
        page_path: "pages/item/index?id=7".to_owned(),
        thumb_url: "http://mmbiz.qpic.cn/mmbiz_jpg/xyz/0".to_owned(),
        thumb_media_id: media("THUMB_MEDIA_ID"),
    };
    assert_eq!(
        own_fields(&message(24_901_234_567_890_131, content)),
        "<MsgType><![CDATA[miniprogrampage]]></MsgType>\n\
         <MsgId>24901234567890131</MsgId>\n\
         <Title><![CDATA[商品详情]]></Title>\n\
         <AppId><![CDATA[wx0a1b2c3d4e5f6072]]></AppId>\n\
         <PagePath><![CDATA[pages/item/index?id=7]]></PagePath>\n\
         <ThumbUrl><![CDATA[http://mmbiz.qpic.cn/mmbiz_jpg/xyz/0]]></ThumbUrl>\n\
         <ThumbMediaId><![CDATA[THUMB_MEDIA_ID]]></ThumbMediaId>\n"
    );
}

#[test]
fn what_a_push_cannot_carry_becomes_the_literal_that_bots_test_for() {
    assert_eq!(
        own_fields(&message(9, Content::Unsupported)),
        "<MsgType><![CDATA[text]]></MsgType>\n\
         <Content><![CDATA[【收到不支持的消息类型，暂无法显示】]]></Content>\n\
         <MsgId>9</MsgId>\n"
    );
}

#[test]
fn a_text_cannot_leave_its_element() {
    let content = text("a]]>b<MsgId>1</MsgId>&amp;]]]>");
    assert_eq!(
        own_fields(&message(9, content)),
        "<MsgType><![CDATA[text]]></MsgType>\n\
         <Content><![CDATA[a]]]]><![CDATA[>b<MsgId>1</MsgId>&amp;]]]]]><![CDATA[>]]></Content>\n\
         <MsgId>9</MsgId>\n"
    );
}

#[test]
fn characters_that_xml_cannot_carry_are_left_out() {
    let content = text(" a\u{0}b\u{8}c\t\n\u{fffe}\u{1f60a} ");
    assert!(own_fields(&message(9, content)).contains("<![CDATA[ abc\t\n\u{1f60a} ]]>"));
}

fn event_fields(event: Event) -> String {
    let fields = own_fields(&push(Body::Event(event)));
    let rest = fields.strip_prefix("<MsgType><![CDATA[event]]></MsgType>\n");
    rest.expect("an event").to_owned()
}

#[test]
fn a_plain_follow_has_an_empty_key_and_no_ticket() {
    assert_eq!(
        event_fields(Event::Subscribe { key: String::new(), ticket: None }),
        "<Event><![CDATA[subscribe]]></Event>\n<EventKey><![CDATA[]]></EventKey>\n"
    );
}

#[test]
fn a_follow_by_a_code_has_its_scene_and_ticket() {
    let ticket = Some("gQGP8DwAAAAAAAAAAS5odHRw".to_owned());
    assert_eq!(
        event_fields(Event::Subscribe { key: "qrscene_110".to_owned(), ticket }),
        "<Event><![CDATA[subscribe]]></Event>\n\
         <EventKey><![CDATA[qrscene_110]]></EventKey>\n\
         <Ticket><![CDATA[gQGP8DwAAAAAAAAAAS5odHRw]]></Ticket>\n"
    );
}

#[test]
fn an_unfollow_has_an_empty_key() {
    assert_eq!(
        event_fields(Event::Unsubscribe { key: String::new() }),
        "<Event><![CDATA[unsubscribe]]></Event>\n<EventKey><![CDATA[]]></EventKey>\n"
    );
}

#[test]
fn a_scan_has_the_bare_scene() {
    let scan = Event::Scan { key: "110".to_owned(), ticket: "TICKET".to_owned() };
    assert_eq!(
        event_fields(scan),
        "<Event><![CDATA[SCAN]]></Event>\n\
         <EventKey><![CDATA[110]]></EventKey>\n\
         <Ticket><![CDATA[TICKET]]></Ticket>\n"
    );
}

#[test]
fn a_reported_location_has_six_decimals() {
    let location =
        Event::Location { latitude: 31.267_813, longitude: 121.598_755, precision: 30.0 };
    assert_eq!(
        event_fields(location),
        "<Event><![CDATA[LOCATION]]></Event>\n\
         <Latitude>31.267813</Latitude>\n\
         <Longitude>121.598755</Longitude>\n\
         <Precision>30.000000</Precision>\n"
    );
}

#[test]
fn a_click_has_no_menu_but_a_view_has() {
    assert_eq!(
        event_fields(Event::Click { key: "V1001_TODAY_MUSIC".to_owned() }),
        "<Event><![CDATA[CLICK]]></Event>\n<EventKey><![CDATA[V1001_TODAY_MUSIC]]></EventKey>\n"
    );
    assert_eq!(
        event_fields(Event::View {
            url: "https://h5.example.com/".to_owned(),
            menu_id: 461_376_933
        }),
        "<Event><![CDATA[VIEW]]></Event>\n\
         <EventKey><![CDATA[https://h5.example.com/]]></EventKey>\n\
         <MenuId>461376933</MenuId>\n"
    );
}
