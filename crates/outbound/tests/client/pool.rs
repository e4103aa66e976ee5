//! Connections are used again, and no host waits for another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use outbound::Error;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

use crate::server::{Server, answer_all, read_request};
use crate::{PATIENCE, get, open, request};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[tokio::test]
async fn one_connection_serves_one_call_after_the_other() {
    let server = Server::answering(OK).await;
    let client = open();
    for _ in 0..50 {
        assert_eq!(&get(&client, server.address).await.unwrap().body[..], b"ok");
    }
    // A connection may still be busy ending an answer when the next call comes.
    assert!(server.connections() <= 3, "{} connections", server.connections());
}

#[tokio::test]
async fn a_server_that_closes_after_each_answer_is_called_anew() {
    let server = Server::answering_once(OK).await;
    let client = open();
    for _ in 0..20 {
        // Whether the closing was seen before the next call is chance; a lost call is not.
        match get(&client, server.address).await {
            Ok(answer) => assert_eq!(answer.status, 200),
            Err(error) => assert_eq!(error, Error::Reset),
        }
        tokio::task::yield_now().await;
    }
    assert!(server.connections() >= 10);
}

#[tokio::test]
async fn a_half_read_answer_ends_its_connection() {
    let server = Server::answering(OK).await;
    let client = open();
    let mut message = request(format!("http://{}/", server.address));
    message.max_body = 1;
    assert_eq!(client.send(message).await.unwrap_err(), Error::BodyTooLarge);
    assert_eq!(&get(&client, server.address).await.unwrap().body[..], b"ok");
    assert_eq!(server.connections(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_hangs_delays_no_other() {
    let hanging = Arc::new(AtomicUsize::new(0));
    let counter = hanging.clone();
    let stuck = Server::start(move |mut stream| {
        let counter = counter.clone();
        async move {
            read_request(&mut stream).await;
            counter.fetch_add(1, Ordering::SeqCst);
            std::future::pending::<()>().await;
        }
    })
    .await;
    let brisk = Server::answering(OK).await;
    let client = open();
    let calls: Vec<_> = (0..300)
        .map(|_| {
            let (client, address) = (client.clone(), stuck.address);
            tokio::spawn(async move { get(&client, address).await })
        })
        .collect();
    while hanging.load(Ordering::SeqCst) < 300 {
        tokio::task::yield_now().await;
    }
    assert_eq!(get(&client, brisk.address).await.unwrap().status, 200);
    assert!(calls.iter().all(|call| !call.is_finished()));
    calls.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn an_abandoned_call_closes_its_connection() {
    let (seen, mut events) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let seen = seen.clone();
        async move {
            read_request(&mut stream).await;
            seen.send("called").unwrap();
            while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
            seen.send("closed").unwrap();
        }
    })
    .await;
    let address = server.address;
    let call = tokio::spawn(async move { get(&open(), address).await });
    assert_eq!(events.recv().await, Some("called"));
    call.abort();
    let closed = tokio::time::timeout(PATIENCE, events.recv()).await;
    assert_eq!(closed, Ok(Some("closed")));
}

#[tokio::test]
async fn a_connection_that_waits_too_long_is_closed() {
    let (seen, mut events) = mpsc::unbounded_channel();
    let server = Server::start(move |stream| {
        let seen = seen.clone();
        async move {
            answer_all(stream, OK).await;
            seen.send("closed").unwrap();
        }
    })
    .await;
    let client = open();
    get(&client, server.address).await.unwrap();
    // Real time: sockets do not follow a paused clock.
    let closed = tokio::time::timeout(Duration::from_secs(10), events.recv()).await;
    assert_eq!(closed, Ok(Some("closed")));
    assert_eq!(get(&client, server.address).await.unwrap().status, 200);
}
