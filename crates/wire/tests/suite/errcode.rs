//! Error codes have the observed texts, byte for byte.

use wire::errcode::{ErrCode, Family, error_body, not_in_whitelist, token_quota_reached};
use wire::ids::Rid;

fn body(code: ErrCode, text: Option<&str>, family: Family) -> String {
    let rid = Rid::parse("6aac0063-7ed08fb9-1250f724").expect("a rid");
    error_body(code, text, rid, family)
}

#[test]
fn errors_of_cgi_bin_end_in_a_blank_and_the_rid() {
    assert_eq!(
        body(ErrCode::INVALID_APPID, None, Family::Cgi),
        r#"{"errcode":40013,"errmsg":"invalid appid rid: 6aac0063-7ed08fb9-1250f724"}"#
    );
}

#[test]
fn errors_of_sns_end_in_a_comma_and_the_rid() {
    assert_eq!(
        body(ErrCode::INVALID_APPID, None, Family::Sns),
        r#"{"errcode":40013,"errmsg":"invalid appid, rid: 6aac0063-7ed08fb9-1250f724"}"#
    );
}

#[test]
fn an_invalid_credential_has_a_hint_on_cgi_bin_only() {
    assert_eq!(
        body(ErrCode::INVALID_CREDENTIAL, None, Family::Cgi),
        "{\"errcode\":40001,\"errmsg\":\"invalid credential, access_token is invalid or \
         not latest, could get access_token by getStableAccessToken, more details at \
         https://mmbizurl.cn/s/JtxxFh33r rid: 6aac0063-7ed08fb9-1250f724\"}"
    );
    assert_eq!(
        body(ErrCode::INVALID_CREDENTIAL, None, Family::Sns),
        "{\"errcode\":40001,\"errmsg\":\"invalid credential, access_token is invalid or \
         not latest, rid: 6aac0063-7ed08fb9-1250f724\"}"
    );
}

#[test]
fn the_token_endpoint_has_a_longer_text_for_its_quota() {
    assert_eq!(
        body(ErrCode::DAILY_QUOTA_REACHED, None, Family::Cgi),
        "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit \
         rid: 6aac0063-7ed08fb9-1250f724\"}"
    );
    assert_eq!(
        body(ErrCode::DAILY_QUOTA_REACHED, Some(&token_quota_reached()), Family::Cgi),
        "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit, could get \
         access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r \
         rid: 6aac0063-7ed08fb9-1250f724\"}"
    );
}

#[test]
fn a_foreign_address_is_named_in_both_notations() {
    let caller = "118.190.42.90".parse().unwrap();
    assert_eq!(
        body(ErrCode::NOT_IN_WHITELIST, Some(&not_in_whitelist(caller)), Family::Cgi),
        "{\"errcode\":40164,\"errmsg\":\"invalid ip 118.190.42.90 ipv6 ::ffff:118.190.42.90, \
         not in whitelist rid: 6aac0063-7ed08fb9-1250f724\"}"
    );
    let mapped = not_in_whitelist("::ffff:118.190.42.90".parse().unwrap());
    assert_eq!(mapped, not_in_whitelist(caller));
    let v6 = not_in_whitelist("2001:db8::1".parse().unwrap());
    assert_eq!(v6, "invalid ip 2001:db8::1 ipv6 2001:db8::1, not in whitelist");
}

#[test]
fn a_repeated_client_msg_id_has_no_rid() {
    assert_eq!(
        body(ErrCode::CLIENT_MSG_ID_EXISTS, None, Family::Cgi),
        r#"{"errcode":45065,"errmsg":"clientmsgid exist"}"#
    );
}

#[test]
fn observed_texts_are_in_the_table() {
    for (code, text) in [
        (-1, "system error"),
        (0, "ok"),
        (40002, "invalid grant_type"),
        (40066, "invalid url"),
        (40125, "invalid appsecret"),
        (40234, "invalid signature"),
        (41001, "access_token missing"),
        (42001, "access_token expired"),
        (45011, "api minute-quota reach limit  mustslower  retry next minute"),
        (45015, "response out of time limit or subscription is canceled"),
        (45028, "has no masssend quota"),
        (47001, "data format error"),
        (48001, "api unauthorized"),
        (76022, "could not use this cgi_path，no permission"),
    ] {
        assert_eq!(ErrCode(code).text(), Some(text), "{code}");
    }
}

#[test]
fn texts_are_escaped_as_json_and_otherwise_raw() {
    let text = "say \"no\"\n你好 \\ http://t.cn";
    let json = body(ErrCode::DATA_FORMAT_ERROR, Some(text), Family::Cgi);
    assert!(json.contains(r#"say \"no\"\n你好 \\ http://t.cn rid: "#), "{json}");
}

#[test]
fn every_named_code_is_in_the_table_once() {
    let mut codes = ErrCode::NAMED.to_vec();
    for code in &codes {
        assert!(code.text().is_some_and(|text| !text.is_empty()), "{code}");
        assert!(code.when().is_some_and(|when| !when.is_empty()), "{code}");
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), ErrCode::NAMED.len());
}

#[test]
fn an_unknown_code_has_the_text_of_a_system_error() {
    assert_eq!(ErrCode(123).text(), None);
    assert_eq!(
        body(ErrCode(123), None, Family::Cgi),
        r#"{"errcode":123,"errmsg":"system error rid: 6aac0063-7ed08fb9-1250f724"}"#
    );
}
