//! One HTTP call as a client makes it, and the answer as text.

use std::fmt;
use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper::{HeaderMap, Method, Request};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::redact;

/// A call that is being put together; [`Call::send`] makes it. Nothing is added to what it was
/// told, except `Host` and `Content-Length`.
#[derive(Debug)]
pub struct Call {
    address: SocketAddr,
    request: Request<Full<Bytes>>,
}

impl Call {
    /// A call to a server on this machine.
    pub fn to(address: SocketAddr, method: &str, path: &str) -> Self {
        let mut request = Request::new(Full::default());
        *request.method_mut() = method.parse::<Method>().expect("a method");
        *request.uri_mut() = path.parse().expect("a path, percent-encoded");
        let host = HeaderValue::try_from(address.to_string()).expect("an address is ASCII");
        request.headers_mut().insert(HOST, host);
        Self { address, request }
    }

    /// Sets a header; a second value takes the place of the first.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).expect("a header's value");
        self.request.headers_mut().insert(name, value);
        self
    }

    /// Sends a cookie, `name=value`.
    #[must_use]
    pub fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    /// Sends this body, of no stated type.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        *self.request.body_mut() = Full::new(body.into());
        self
    }

    /// Sends this body as `application/json`.
    #[must_use]
    pub fn json(self, body: &str) -> Self {
        self.header("content-type", "application/json").body(body.to_owned())
    }

    /// Sends one file as `multipart/form-data`, in the part of this name.
    #[must_use]
    pub fn file(self, part: &str, file_name: &str, bytes: &[u8]) -> Self {
        const BOUNDARY: &str = "----teahouse7MA4YWxkTrZu0gW";
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{part}\"; \
             filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let tail = format!("\r\n--{BOUNDARY}--\r\n");
        let body = [head.as_bytes(), bytes, tail.as_bytes()].concat();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.header("content-type", &kind).body(body)
    }

    /// Makes the call, on a connection of its own.
    pub async fn send(self) -> Reply {
        let what = format!("{} {}", self.request.method(), self.request.uri());
        let sent = self.exchange().await;
        sent.unwrap_or_else(|error| panic!("{what}: {error:#}"))
    }

    /// Makes the call; an error if there is no answer, for servers that are expected to die.
    pub async fn try_send(self) -> anyhow::Result<Reply> {
        self.exchange().await
    }

    async fn exchange(self) -> anyhow::Result<Reply> {
        let stream = TcpStream::connect(self.address).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let answer = sender.send_request(self.request).await?;
        let (head, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes();
        connection.abort();
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
    }
}

/// An answer. Shown as text it is its body, redacted, after its status if that is not 200.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
}

impl Reply {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text()))
    }

    /// A text inside the JSON body, by its pointer: `/people/0/id`.
    pub fn field(&self, pointer: &str) -> String {
        let json = self.json();
        let found = json.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {json}"));
        found.as_str().map_or_else(|| found.to_string(), str::to_owned)
    }

    /// The value of a header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("the header is text"))
    }

    /// The value of `Content-Type`; empty if there is none.
    pub fn content_type(&self) -> &str {
        self.header(CONTENT_TYPE.as_str()).unwrap_or_default()
    }

    /// The cookie that was set, as it is to be sent back: `name=value`.
    pub fn cookie(&self) -> Option<&str> {
        let cookie = self.header("set-cookie")?;
        cookie.split(';').next()
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.status != 200 {
            write!(f, "{} ", self.status)?;
        }
        f.write_str(&redact(self.text()))
    }
}
