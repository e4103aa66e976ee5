//! What is kept of a call's texts: a part of bounded size, without secrets.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Bytes of a body that are kept.
pub(super) const KEPT_BYTES: usize = 16 * 1024;
/// Names whose values open something.
const SECRETS: [&str; 8] = [
    "access_token",
    "secret",
    "appsecret",
    "refresh_token",
    "component_appsecret",
    "component_access_token",
    "authorizer_refresh_token",
    "ticket",
];
/// What stands in a secret's place.
const MASK: &str = "***";

/// A query, or a body of a form.
pub(super) fn mask_query(query: &str) -> String {
    let query = cut(query);
    let pairs: Vec<Cow<'_, str>> = query.split('&').map(mask_pair).collect();
    pairs.join("&")
}

fn mask_pair(pair: &str) -> Cow<'_, str> {
    match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret(name) => {
            Cow::Owned(format!("{name}={MASK}"))
        }
        _ => Cow::Borrowed(pair),
    }
}

fn is_secret(name: &str) -> bool {
    let name = percent_decode_str(name).decode_utf8_lossy();
    SECRETS.contains(&name.trim())
}

/// A body: JSON, a form, or anything else. Works on broken JSON too, since that is what failed.
pub(super) fn mask_body(body: &[u8]) -> String {
    let body = &body[..body.len().min(KEPT_BYTES)];
    let text = String::from_utf8_lossy(body);
    let masked = match text.contains('"') {
        true => mask_json(&text),
        false => mask_query(&text),
    };
    storable(&masked)
}

/// The stores take no U+0000.
pub(super) fn storable(text: &str) -> String {
    cut(text).replace('\0', "\u{fffd}")
}

/// At most [`KEPT_BYTES`], whole characters.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(KEPT_BYTES)]
}

/// Replaces the string after each `"name":` whose name is a secret's.
fn mask_json(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let (mut at, mut copied) = (0, 0);
    while let Some(quote) = text[at..].find('"') {
        let open = at + quote + 1;
        let close = open + end_of_string(&text[open..]);
        at = after(text, close);
        if SECRETS.contains(&&text[open..close])
            && let Some(start) = find_value(text, at)
        {
            let end = start + end_of_string(&text[start..]);
            if end > start {
                masked.push_str(&text[copied..start]);
                masked.push_str(MASK);
                copied = end;
            }
            at = after(text, end);
        }
    }
    masked.push_str(&text[copied..]);
    masked
}

/// Where the string begins that follows a name and its colon.
fn find_value(text: &str, after_name: usize) -> Option<usize> {
    let value = text[after_name..].trim_start().strip_prefix(':')?;
    let value = value.trim_start().strip_prefix('"')?;
    Some(text.len() - value.len())
}

/// Behind the quotation mark at `quote`, if there is one.
fn after(text: &str, quote: usize) -> usize {
    (quote + 1).min(text.len())
}

/// The length of what stands before the closing quotation mark, or of all if there is none.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if !escaped => return at,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_a_query_are_masked_in_any_spelling() {
        let query =
            "grant_type=client_credential&secret=0123&access%5Ftoken=81_x&type=image&secret=";
        assert_eq!(
            mask_query(query),
            "grant_type=client_credential&secret=***&access%5Ftoken=***&type=image&secret="
        );
    }

    #[test]
    fn secrets_in_json_are_masked_even_if_it_is_broken() {
        let masked = |body: &str| mask_body(body.as_bytes());
        assert_eq!(
            masked(r#"{"appid":"wx1","secret" : "a\"b","x":1}"#),
            r#"{"appid":"wx1","secret" : "***","x":1}"#
        );
        assert_eq!(masked(r#"{"access_token":"81_cut"#), r#"{"access_token":"***"#);
        assert_eq!(
            masked(r#"{"secret":"a","x":"secret","access_token":"b"}"#),
            r#"{"secret":"***","x":"secret","access_token":"***"}"#
        );
        assert_eq!(masked(r#"{"secret":5,"ticket":"t"}"#), r#"{"secret":5,"ticket":"***"}"#);
        assert_eq!(masked(r#"{"content":"secret"}"#), r#"{"content":"secret"}"#);
        assert_eq!(masked("appid=wx1&appsecret=0123"), "appid=wx1&appsecret=***");
        for body in ["\"", "\"\"", "{\"secret\"", "{\"secret\":", "{\"secret\":\"", "\\\""] {
            assert_eq!(masked(body), body);
        }
    }

    #[test]
    fn bodies_are_cut_between_characters_and_can_be_stored() {
        let long = "茶".repeat(10_000);
        let kept = mask_body(long.as_bytes());
        assert!(kept.len() <= KEPT_BYTES && long.starts_with(kept.trim_end_matches('\u{fffd}')));
        assert_eq!(mask_body(b"a\0b"), "a\u{fffd}b");
    }
}
