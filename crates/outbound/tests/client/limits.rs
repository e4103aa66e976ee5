//! Time and size have a limit each.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use outbound::{Client, Error, Lookup, Policy, Resolve};
use tokio::io::AsyncWriteExt;

use crate::server::{Server, read_request};
use crate::{open, request};

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_drip_of_bytes_does_not_extend_the_time() {
    let server = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").await.unwrap();
        let mut beat = tokio::time::interval(Duration::from_millis(20));
        while stream.write_all(b"x").await.is_ok() {
            beat.tick().await;
        }
    })
    .await;
    assert_late(&server).await;
}

#[tokio::test]
async fn a_drip_of_headers_does_not_extend_the_time() {
    let server = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await.unwrap();
        let mut beat = tokio::time::interval(Duration::from_millis(20));
        while stream.write_all(b"x").await.is_ok() {
            beat.tick().await;
        }
    })
    .await;
    assert_late(&server).await;
}

#[tokio::test]
async fn silence_ends_with_the_time() {
    let server = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    assert_late(&server).await;
}

async fn assert_late(server: &Server) {
    let mut message = request(format!("http://{}/", server.address));
    message.timeout = SHORT;
    let started = Instant::now();
    assert_eq!(open().send(message).await.unwrap_err(), Error::Timeout);
    assert!(started.elapsed() >= SHORT);
    assert!(started.elapsed() < SHORT * 10, "{:?}", started.elapsed());
}

struct Silent;

impl Resolve for Silent {
    fn resolve<'a>(&'a self, _name: &'a str) -> Lookup<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_silent_name_server_is_a_dns_timeout() {
    let mut message = request("http://slow.example/".to_owned());
    message.timeout = SHORT;
    let client = Client::with_resolver(Policy::open(), Arc::new(Silent));
    assert_eq!(client.send(message).await.unwrap_err(), Error::DnsTimeout);
}

const HUGE: usize = 64 * 1024 * 1024;

/// Sends `head` and as much of a huge body as the client takes; counts what was taken.
async fn flooding(head: &'static str) -> (Server, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = taken.clone();
    let server = Server::start(move |mut stream| {
        let counter = counter.clone();
        async move {
            read_request(&mut stream).await;
            stream.write_all(head.as_bytes()).await.unwrap();
            let block = vec![b'x'; 64 * 1024];
            while counter.load(Ordering::SeqCst) < HUGE && stream.write_all(&block).await.is_ok() {
                counter.fetch_add(block.len(), Ordering::SeqCst);
            }
        }
    })
    .await;
    (server, taken)
}

#[tokio::test]
async fn a_body_that_announces_too_much_is_not_read() {
    let (server, taken) = flooding("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n").await;
    assert_too_large(&server, &taken).await;
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_at_the_limit() {
    let (server, taken) = flooding("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await;
    assert_too_large(&server, &taken).await;
}

async fn assert_too_large(server: &Server, taken: &AtomicUsize) {
    let message = request(format!("http://{}/", server.address));
    assert_eq!(open().send(message).await.unwrap_err(), Error::BodyTooLarge);
    // What the sockets' buffers hold is beyond the client's reach.
    assert!(taken.load(Ordering::SeqCst) < HUGE / 2, "{taken:?} bytes were taken");
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    for (max_body, fits) in [(7, true), (6, false), (0, false)] {
        for answer in [
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsuccess",
            "HTTP/1.0 200 OK\r\n\r\nsuccess",
        ] {
            let server = Server::answering_once(answer).await;
            let mut message = request(format!("http://{}/", server.address));
            message.max_body = max_body;
            assert_eq!(open().send(message).await.is_ok(), fits, "{max_body} {answer}");
        }
    }
}

#[tokio::test]
async fn headers_have_a_limit() {
    let many = "X: y\r\n".repeat(200);
    let long = format!("X: {}\r\n", "y".repeat(200_000));
    for headers in [many, long] {
        let answer = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: 0\r\n\r\n");
        let server = Server::start(move |mut stream| {
            let answer = answer.clone();
            async move {
                read_request(&mut stream).await;
                stream.write_all(answer.as_bytes()).await.ok();
                std::future::pending::<()>().await;
            }
        })
        .await;
        let answer = open().send(request(format!("http://{}/", server.address))).await;
        assert!(matches!(answer, Err(Error::Protocol(_))), "{answer:?}");
    }
}
