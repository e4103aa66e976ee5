//! The requests to a developer's server, as the official platform makes them (spec core 2.1).

use bytes::Bytes;
pub use outbound::Probed;
use outbound::{Error, Method, Request};
use wire::push::Pushed;

use crate::Platform;

/// The longest answer that is read: a reply is at most some kilobytes.
const MAX_ANSWER_BYTES: usize = 1 << 20;

/// Whether a server can be reached: the addresses of a URL's host, and how long each takes to
/// connect.
pub async fn probe(platform: &Platform, url: &str) -> Result<Vec<Probed>, Error> {
    platform.outbound.probe(url, platform.settings.callback_timeout).await
}

/// What a server answered.
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: Bytes,
}

/// The verification: a GET with the given parameters.
pub(crate) async fn get(
    platform: &Platform,
    url: &str,
    query: &[(&'static str, String)],
) -> Result<Answer, Error> {
    let request = Request {
        method: Method::GET,
        url: with_query(url, query),
        headers: headers(None),
        body: Vec::new().into(),
        timeout: platform.settings.callback_timeout,
        max_body: MAX_ANSWER_BYTES,
    };
    send(platform, request).await
}

/// One attempt at a push.
pub(super) async fn post(platform: &Platform, url: &str, pushed: &Pushed) -> Result<Answer, Error> {
    let request = Request {
        method: Method::POST,
        url: with_query(url, &pushed.query),
        headers: headers(Some(pushed.content_type)),
        body: pushed.body.clone().into(),
        timeout: platform.settings.callback_timeout,
        max_body: MAX_ANSWER_BYTES,
    };
    send(platform, request).await
}

async fn send(platform: &Platform, request: Request) -> Result<Answer, Error> {
    let response = platform.outbound.send(request).await?;
    Ok(Answer { status: response.status, body: response.body })
}

/// The parameters as they stand in the URL. Their names and values are hexadecimal, decimal or
/// base64url, so that nothing needs escaping.
pub(super) fn query_text(query: &[(&'static str, String)]) -> String {
    query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn with_query(url: &str, query: &[(&'static str, String)]) -> String {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{}", query_text(query))
}

fn headers(content_type: Option<&str>) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("User-Agent", "Mozilla/4.0".to_owned()),
        ("Accept", "*/*".to_owned()),
        ("Pragma", "no-cache".to_owned()),
    ];
    headers.extend(content_type.map(|kind| ("Content-Type", kind.to_owned())));
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_added_to_those_of_the_url() {
        let query = [("signature", "ab".to_owned()), ("nonce", "1".to_owned())];
        assert_eq!(with_query("http://a/wx", &query), "http://a/wx?signature=ab&nonce=1");
        assert_eq!(with_query("http://a/wx?b=c#d", &query), "http://a/wx?b=c&signature=ab&nonce=1");
    }
}
