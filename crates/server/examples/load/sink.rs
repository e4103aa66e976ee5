//! The server of every account's developer: it answers at once, or never.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::http::shape;

/// What it does to a push. A verification is always answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Pushes {
    /// Each is answered at once.
    Answered,
    /// None is answered: with one worker in the server, one push hangs and the others stay queued.
    Queued,
}

/// A listening sink.
pub(crate) struct Sink {
    address: SocketAddr,
    answered: Arc<AtomicU32>,
}

impl Sink {
    pub(crate) async fn open(pushes: Pushes) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, answered) = (listener.local_addr()?, Arc::new(AtomicU32::new(0)));
        let count = answered.clone();
        tokio::spawn(async move {
            // An error here is one of the system's; the server's attempts then say so.
            while let Ok((stream, _)) = listener.accept().await {
                let count = count.clone();
                tokio::spawn(async move { converse(stream, pushes, &count).await });
            }
        });
        Ok(Self { address, answered })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/wx", self.address)
    }

    /// Pushes answered so far.
    pub(crate) fn answered(&self) -> u32 {
        self.answered.load(Ordering::Relaxed)
    }
}

async fn converse(mut stream: TcpStream, pushes: Pushes, answered: &AtomicU32) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::with_capacity(4 << 10);
    loop {
        let Some(shape) =
            shape(&received)?.filter(|shape| received.len() >= shape.head_bytes + shape.body_bytes)
        else {
            if stream.read_buf(&mut received).await? == 0 {
                return Ok(());
            }
            continue;
        };
        let echo = echo_text(&received[..shape.head_bytes]);
        if echo.is_none() && pushes == Pushes::Queued {
            return std::future::pending().await;
        }
        let body = echo.unwrap_or("success");
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await?;
        if echo.is_none() {
            answered.fetch_add(1, Ordering::Relaxed);
        }
        received.drain(..shape.head_bytes + shape.body_bytes);
    }
}

/// What a verification wants to hear.
fn echo_text(head: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(head).ok()?.lines().next()?;
    let (_, value) = line.strip_prefix("GET ")?.split_once("echostr=")?;
    value.split(['&', ' ']).next()
}
