//! What could make a reader of XML or JSON work too hard, or believe too much.

use wire::callback::{Format, Mode};
use wire::reply::{InvalidReply, MAX_BYTES, MAX_DEPTH, Reply, Rule, parse};

use crate::reply_xml::framed;
use crate::{credentials, expected};

fn read(body: &[u8]) -> Result<Reply, InvalidReply> {
    parse(body, Format::Xml, Mode::Plain, &credentials(), &expected())
}

fn rule(body: impl AsRef<[u8]>) -> Rule {
    read(body.as_ref()).expect_err("an invalid reply").rule
}

#[test]
fn an_answer_over_the_limit_is_refused_unread() {
    let largest = " ".repeat(MAX_BYTES);
    assert_eq!(read(largest.as_bytes()), Ok(Reply::Nothing));
    assert_eq!(rule(largest + " "), Rule::TooLarge { limit_bytes: MAX_BYTES });
}

#[test]
fn a_doctype_is_refused() {
    for doctype in [
        "<!DOCTYPE xml>",
        "<!DOCTYPE xml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
        "<!DOCTYPE xml SYSTEM \"file:///etc/passwd\">",
        "<!doctype html>",
    ] {
        let body = format!("{doctype}{}", framed("text", "<Content>&b;</Content>"));
        assert_eq!(rule(body), Rule::Doctype, "{doctype}");
    }
}

#[test]
fn only_the_predefined_entities_are_known() {
    let known = framed("text", "<Content>&lt;&gt;&amp;&apos;&quot;</Content>");
    assert_eq!(read(known.as_bytes()), Ok(Reply::Text { content: "<>&'\"".to_owned() }));
    for reference in
        ["&nbsp;", "&xxe;", "&#0;", "&#8;", "&#xD800;", "&#x110000;", "&#;", "&;", "& "]
    {
        let body = framed("text", &format!("<Content>a{reference}b</Content>"));
        assert!(matches!(rule(&body), Rule::Malformed(_)), "{reference}");
    }
}

#[test]
fn nesting_ends_at_the_limit() {
    let nested = |depth: usize| {
        let elements = "<a>".repeat(depth - 1) + &"</a>".repeat(depth - 1);
        framed("text", &format!("{elements}<Content>hi</Content>"))
    };
    assert!(read(nested(MAX_DEPTH).as_bytes()).is_ok());
    assert_eq!(rule(nested(MAX_DEPTH + 1)), Rule::TooDeep { limit: MAX_DEPTH });
    assert_eq!(rule("<xml>".repeat(13_000)), Rule::TooDeep { limit: MAX_DEPTH });
}

#[test]
fn what_is_not_utf8_is_refused_at_its_line() {
    let mut body = framed("text", "\n<Content>caf\u{e9}</Content>").into_bytes();
    let at = body.windows(2).position(|pair| pair == "\u{e9}".as_bytes()).unwrap();
    body.remove(at);
    let refused = read(&body).unwrap_err();
    assert_eq!(refused.rule, Rule::NotUtf8);
    let line = refused.line.unwrap();
    assert_eq!((line.number, line.text.as_str()), (2, "<Content>caf\u{fffd}</Content></xml>"));
}

#[test]
fn gbk_is_refused() {
    let gbk =
        b"<?xml version=\"1.0\" encoding=\"GBK\"?><xml><Content>\xc4\xe3\xba\xc3</Content></xml>";
    assert_eq!(rule(gbk), Rule::NotUtf8);
}

#[test]
fn control_characters_are_refused() {
    for char in ['\0', '\u{8}', '\u{1b}', '\u{ffff}'] {
        let body = framed("text", &format!("<Content><![CDATA[a{char}b]]></Content>"));
        assert!(matches!(rule(&body), Rule::Malformed(_)), "{char:?}");
    }
}

#[test]
fn a_shown_line_is_shortened() {
    let body = framed("text", &format!("<Other>{}</Other>", "好".repeat(1000)));
    let line = read(body.as_bytes()).unwrap_err().line.unwrap();
    assert_eq!(line.text.chars().count(), 200);
}

#[test]
fn json_is_bounded_too() {
    let read = |body: &str| {
        parse(body.as_bytes(), Format::Json, Mode::Plain, &credentials(), &expected())
            .expect_err("an invalid reply")
            .rule
    };
    let deep = |depth: usize| "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
    assert_eq!(read(&deep(MAX_DEPTH - 1)), Rule::Missing("ToUserName"));
    assert_eq!(read(&deep(MAX_DEPTH)), Rule::TooDeep { limit: MAX_DEPTH });
    assert!(matches!(read(&deep(1_000)), Rule::Malformed(_)));
    assert!(matches!(read(r#"{"Content":"a\u0000b"}"#), Rule::Malformed(_)));
}
