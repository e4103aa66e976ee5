//! Replies in JSON, for accounts with that data format.

use wire::callback::{Format, Mode};
use wire::ids::MediaId;
use wire::reply::{InvalidReply, Reply, Rule, parse};

use crate::reply_xml::framed as framed_xml;
use crate::{credentials, expected};

fn read(body: &str) -> Result<Reply, InvalidReply> {
    parse(body.as_bytes(), Format::Json, Mode::Plain, &credentials(), &expected())
}

fn rule(body: &str) -> Rule {
    read(body).expect_err("an invalid reply").rule
}

fn framed(msg_type: &str, members: &str) -> String {
    format!(
        r#"{{"ToUserName":"oABCD0123456789abcdefghijklm","FromUserName":"gh_0123456789ab",
            "CreateTime":1760000001,"MsgType":"{msg_type}"{members}}}"#
    )
}

#[test]
fn nothing_and_success_are_no_answer() {
    for body in ["", "success", "success\n"] {
        assert_eq!(read(body), Ok(Reply::Nothing), "{body:?}");
    }
}

#[test]
fn a_text_is_a_string_or_a_number() {
    for (json, content) in [("\"\\u6536\\n<b>\"", "收\n<b>"), ("42", "42"), ("true", "true")] {
        let reply = read(&framed("text", &format!(r#","Content":{json}"#)));
        assert_eq!(reply, Ok(Reply::Text { content: content.to_owned() }));
    }
}

#[test]
fn containers_are_objects() {
    let reply = read(&framed("image", r#","Image":{"MediaId":"MEDIA_ID"}"#));
    assert_eq!(reply, Ok(Reply::Image { media_id: MediaId::parse("MEDIA_ID").unwrap() }));
}

#[test]
fn articles_are_an_array_or_an_object_with_items() {
    for articles in
        [r#"[{"Title":"1"},{"Title":"2"}]"#, r#"{"item":[{"Title":"1"},{"Title":"2"}]}"#]
    {
        let body = framed("news", &format!(r#","ArticleCount":2,"Articles":{articles}"#));
        let Ok(Reply::News(news)) = read(&body) else { panic!("{articles}") };
        let titles: Vec<&str> =
            news.articles.iter().map(|article| article.title.as_str()).collect();
        assert_eq!(titles, ["1", "2"]);
    }
    let single = framed("news", r#","ArticleCount":"1","Articles":{"item":{"Title":"1"}}"#);
    let Ok(Reply::News(news)) = read(&single) else { panic!("a single item") };
    assert_eq!(news.articles.len(), 1);
}

#[test]
fn null_is_absent() {
    let body = framed("transfer_customer_service", r#","TransInfo":null"#);
    assert_eq!(read(&body), Ok(Reply::TransferCustomerService { kf_account: None }));
    assert_eq!(rule(&framed("text", r#","Content":null"#)), Rule::Missing("Content"));
}

#[test]
fn an_xml_reply_is_read_as_well() {
    let reply = read(&framed_xml("text", "<Content>hi</Content>"));
    assert_eq!(reply, Ok(Reply::Text { content: "hi".to_owned() }));
}

#[test]
fn the_rules_are_those_of_xml() {
    assert_eq!(rule(&framed("text", r#","Content":"""#)), Rule::Empty("Content"));
    assert_eq!(rule(&framed("text", r#","Content":{"a":1}"#)), Rule::NotText("Content"));
    assert_eq!(rule(&framed("link", "")), Rule::UnknownMsgType("link".to_owned()));
    assert_eq!(rule(r#"{"demo_resp":"good luck"}"#), Rule::Missing("ToUserName"));
}

#[test]
fn what_is_no_json_object_is_malformed_at_its_line() {
    for body in ["[]", "1", "null", "\"success\"", "ok"] {
        assert!(matches!(rule(body), Rule::Malformed(_)), "{body}");
    }
    let broken = read("{\"MsgType\":\n\"text\",\n}").unwrap_err();
    assert_eq!(broken.line.unwrap().number, 3);
}
