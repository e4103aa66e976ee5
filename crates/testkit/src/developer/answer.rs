//! How the developer's server answers.

use std::future::pending;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// An answer, and how it is given.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    body: Vec<u8>,
    delay: Duration,
    manner: Manner,
}

/// How an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// In one piece.
    Whole,
    /// Byte by byte, with a pause after each.
    Drip(Duration),
    /// Not at all: the connection stays open and silent.
    Hang,
    /// Not at all: the connection is reset.
    Reset,
    /// Only the first half of the body; then the connection is closed.
    BreakOff,
}

impl Answer {
    /// 200 with this body.
    pub fn text(body: &str) -> Self {
        Self::status(200, body)
    }

    /// Another status with this body.
    pub fn status(status: u16, body: &str) -> Self {
        let (body, delay) = (body.as_bytes().to_vec(), Duration::ZERO);
        Self { status, body, delay, manner: Manner::Whole }
    }

    /// 200 with bytes that need not be text.
    pub fn bytes(body: &[u8]) -> Self {
        Self { body: body.to_vec(), ..Self::text("") }
    }

    /// Never an answer.
    pub fn hang() -> Self {
        Self::text("").manner(Manner::Hang)
    }

    /// The connection is reset.
    pub fn reset() -> Self {
        Self::text("").manner(Manner::Reset)
    }

    /// The same, in another manner.
    #[must_use]
    pub fn manner(self, manner: Manner) -> Self {
        Self { manner, ..self }
    }

    /// The same after a pause of real time.
    #[must_use]
    pub fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

/// Gives an answer; hands the connection back if it may be used again.
pub(super) async fn give(answer: Answer, mut stream: TcpStream) -> Option<TcpStream> {
    sleep(answer.delay).await;
    let head = format!(
        "HTTP/1.1 {} Status\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        answer.status,
        answer.body.len()
    );
    let whole = [head.as_bytes(), &answer.body].concat();
    match answer.manner {
        Manner::Whole => stream.write_all(&whole).await.ok()?,
        Manner::Drip(pause) => {
            for byte in whole {
                stream.write_all(&[byte]).await.ok()?;
                sleep(pause).await;
            }
        }
        Manner::Hang => pending().await,
        Manner::Reset => {
            stream.set_zero_linger().ok()?;
            return None;
        }
        Manner::BreakOff => {
            let half = head.len() + answer.body.len() / 2;
            stream.write_all(&whole[..half]).await.ok()?;
            return None;
        }
    }
    Some(stream)
}
