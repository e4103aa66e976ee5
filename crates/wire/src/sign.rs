//! SHA-1 signatures: of requests, of encrypted messages, of web pages and of cards.

use sha1::{Digest as _, Sha1};
use subtle::ConstantTimeEq as _;

use crate::ids::Token;

/// Signs a request to or from the developer's server: the query parameter `signature`.
pub fn signature(token: &Token, timestamp: &str, nonce: &str) -> String {
    sha1_of_sorted([token.expose(), timestamp, nonce])
}

/// Signs an encrypted message: the query parameter `msg_signature`, the element `MsgSignature`.
pub fn msg_signature(token: &Token, timestamp: &str, nonce: &str, encrypt: &str) -> String {
    sha1_of_sorted([token.expose(), timestamp, nonce, encrypt])
}

/// Signs a page for the JS-SDK. What follows a `#` in `url` is not part of the signed text.
pub fn jsapi_signature(ticket: &str, noncestr: &str, timestamp: &str, url: &str) -> String {
    let page = url.split_once('#').map_or(url, |(page, _fragment)| page);
    hex::encode(Sha1::digest(format!(
        "jsapi_ticket={ticket}&noncestr={noncestr}&timestamp={timestamp}&url={page}"
    )))
}

/// Signs the values of a card call (`cardExt.signature`, `cardSign`), in any order.
pub fn card_signature<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    sha1_of_sorted(values)
}

/// Compares two signatures in a time that does not depend on where they differ.
pub fn matches(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

fn sha1_of_sorted<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut values: Vec<&str> = values.into_iter().collect();
    values.sort_unstable();
    let mut hash = Sha1::new();
    for value in values {
        hash.update(value);
    }
    hex::encode(hash.finalize())
}
