//! One keep-alive connection: a request, then its answer, then the next request.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Answers of the measured calls are a few hundred bytes; set-up may need more.
const BUFFER_BYTES: usize = 4 << 10;

/// An open connection.
pub(crate) struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// An answer, as it lies in the connection's buffer.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) head: &'a [u8],
    pub(crate) body: &'a [u8],
}

/// A message as it begins: where its head ends, and how long its body is.
pub(crate) struct Shape {
    pub(crate) head_bytes: usize,
    pub(crate) body_bytes: usize,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(BUFFER_BYTES) })
    }

    /// Sends a whole request and waits for its answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let shape = loop {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(shape) = shape(&self.received)?
                && self.received.len() >= shape.head_bytes + shape.body_bytes
            {
                break shape;
            }
        };
        let (head, body) = self.received.split_at(shape.head_bytes);
        Ok(Answer { status: status(head)?, head, body })
    }
}

impl Answer<'_> {
    /// The answer in words, for whoever did not expect it.
    pub(crate) fn describe(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(self.body))
    }
}

/// A request with a JSON body.
pub(crate) fn request(method: &str, path: &str, cookie: Option<&str>, body: &str) -> Vec<u8> {
    let cookie = cookie.map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
         {cookie}Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Reads how long a message is; `None` until its whole head is there.
pub(crate) fn shape(received: &[u8]) -> io::Result<Option<Shape>> {
    let Some(end) = received.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return Ok(None);
    };
    let length = header(&received[..end], "content-length");
    let length = length.map_or(Ok(0), |text| text.parse().map_err(|_| malformed()))?;
    Ok(Some(Shape { head_bytes: end + 4, body_bytes: length }))
}

/// The value of a header, without the white space around it.
pub(crate) fn header<'a>(head: &'a [u8], name: &str) -> Option<&'a str> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let (found, value) = line.split_at_checked(name.len())?;
        let value = value.strip_prefix(b":")?;
        let is_it = found.eq_ignore_ascii_case(name.as_bytes());
        is_it.then(|| std::str::from_utf8(value.trim_ascii()).ok()).flatten()
    })
}

/// `HTTP/1.1 200 OK`
fn status(head: &[u8]) -> io::Result<u16> {
    let digits = head.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(malformed)
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "this is not HTTP/1.1 with a length")
}
