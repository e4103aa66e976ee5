//! What is sent and what comes back.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue};
use http::{HeaderName as Name, Method};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;

use crate::Error;
use crate::target::Target;

/// One call. It is sent as it stands: no header is added but `Host` and `Content-Length`.
#[derive(Debug, Clone)]
pub struct Request {
    /// The verb.
    pub method: Method,
    /// An absolute `http` or `https` URL without user or password; a fragment is dropped.
    pub url: String,
    /// In the order in which they are written; a name may repeat.
    pub headers: Vec<(&'static str, String)>,
    /// Sent in one piece, never chunked.
    pub body: Bytes,
    /// From resolving the host to the last byte of the answer.
    pub timeout: Duration,
    /// Longest body of the answer, in bytes.
    pub max_body: usize,
}

/// An answer of any status; a redirect is not followed.
#[derive(Debug, Clone)]
pub struct Response {
    /// As the server gave it, 200 to 999.
    pub status: u16,
    /// As the server sent it; never decompressed.
    pub body: Bytes,
    /// From the call of [`send`](crate::Client::send) to the last byte.
    pub elapsed: Duration,
}

pub(crate) type Outgoing = http::Request<Full<Bytes>>;

/// Makes the message for the wire.
pub(crate) fn compose(target: &Target, request: Request) -> Result<Outgoing, Error> {
    let headers = headers(target, &request)?;
    let mut message = http::Request::new(Full::new(request.body));
    *message.method_mut() = request.method;
    *message.uri_mut() = target.path.clone();
    *message.headers_mut() = headers;
    Ok(message)
}

fn headers(target: &Target, request: &Request) -> Result<HeaderMap, Error> {
    let host = HeaderValue::try_from(&target.authority)
        .map_err(|_| Error::BadUrl("host is not ascii".to_owned()))?;
    let mut headers = HeaderMap::with_capacity(request.headers.len() + 2);
    for (name, value) in &request.headers {
        let (key, value) = header(name, value)?;
        // The platform's own pushes name the host after what they accept (observed).
        let host_is_next = key == ACCEPT;
        headers.append(key, value);
        if host_is_next {
            headers.insert(HOST, host.clone());
        }
    }
    headers.entry(HOST).or_insert(host);
    if !request.body.is_empty() || !matches!(request.method, Method::GET | Method::HEAD) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(request.body.len()));
    }
    Ok(headers)
}

/// Refuses the headers that frame the message: they are written here alone.
fn header(name: &'static str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let framing = ["host", "content-length", "transfer-encoding", "upgrade", "expect", "te"];
    let key = Name::try_from(name).map_err(|_| Error::BadHeader(name))?;
    if framing.contains(&key.as_str()) {
        return Err(Error::BadHeader(name));
    }
    Ok((key, HeaderValue::try_from(value).map_err(|_| Error::BadHeader(name))?))
}

/// Reads a body to its end, or stops at the first byte over `max_body`.
pub(crate) async fn read_body(mut body: Incoming, max_body: usize) -> Result<Bytes, Error> {
    let announced = hyper::body::Body::size_hint(&body).lower();
    if announced > max_body as u64 {
        return Err(Error::BodyTooLarge);
    }
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Error::exchanging(&error))?;
        // Trailers say nothing that a caller could ask for.
        let Ok(chunk) = frame.into_data() else { continue };
        if first.len() + rest.len() + chunk.len() > max_body {
            return Err(Error::BodyTooLarge);
        }
        if first.is_empty() {
            first = chunk;
        } else {
            rest.extend_from_slice(&chunk);
        }
    }
    Ok(if rest.is_empty() { first } else { [first, rest.freeze()].concat().into() })
}
