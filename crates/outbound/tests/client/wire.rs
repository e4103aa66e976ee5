//! What is written, and what is read.

use bytes::Bytes;
use outbound::{Error, Method};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;

use crate::server::{Server, read_request};
use crate::{get, open, request};

const EMPTY: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// The platform's own header set, byte for byte.
#[tokio::test]
async fn a_push_carries_the_headers_it_names_and_no_others() {
    let (seen, mut requests) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let seen = seen.clone();
        async move {
            seen.send(read_request(&mut stream).await).unwrap();
            stream.write_all(EMPTY.as_bytes()).await.unwrap();
        }
    })
    .await;
    let mut push = request(format!("http://{}/wx?signature=26ab&nonce=7", server.address));
    push.method = Method::POST;
    push.body = Bytes::from_static(b"<xml></xml>");
    push.headers = vec![
        ("User-Agent", "Mozilla/4.0".to_owned()),
        ("Accept", "*/*".to_owned()),
        ("Pragma", "no-cache".to_owned()),
        ("Content-Type", "text/xml".to_owned()),
    ];
    open().send(push).await.unwrap();
    let expected = format!(
        "POST /wx?signature=26ab&nonce=7 HTTP/1.1\r\n\
         User-Agent: Mozilla/4.0\r\n\
         Accept: */*\r\n\
         Host: {}\r\n\
         Pragma: no-cache\r\n\
         Content-Type: text/xml\r\n\
         Content-Length: 11\r\n\
         \r\n\
         <xml></xml>",
        server.address
    );
    assert_eq!(requests.recv().await.unwrap(), expected);
}

#[tokio::test]
async fn an_empty_post_states_its_length_and_a_get_does_not() {
    let (seen, mut requests) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let seen = seen.clone();
        async move {
            seen.send(read_request(&mut stream).await).unwrap();
            stream.write_all(EMPTY.as_bytes()).await.unwrap();
        }
    })
    .await;
    let client = open();
    for (method, has_length) in [(Method::POST, true), (Method::GET, false)] {
        let mut message = request(format!("http://{}", server.address));
        message.method = method;
        message.headers = vec![("Connection", "close".to_owned())];
        client.send(message).await.unwrap();
        let sent = requests.recv().await.unwrap();
        assert_eq!(sent.contains("Content-Length: 0\r\n"), has_length, "{sent}");
    }
}

#[tokio::test]
async fn a_redirect_comes_back_as_its_status() {
    let secret = Server::answering(EMPTY).await;
    let location = format!("http://{}/secret", secret.address);
    for status in [301, 302, 303, 307, 308] {
        let answer = format!(
            "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 4\r\n\r\ngone"
        );
        let server = Server::answering_once(answer).await;
        let answer = get(&open(), server.address).await.unwrap();
        assert_eq!((answer.status, &answer.body[..]), (status, &b"gone"[..]));
    }
    assert_eq!(secret.connections(), 0);
}

#[tokio::test]
async fn a_compressed_body_stays_compressed() {
    let mut answer =
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n".to_vec();
    let gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00";
    answer.extend(gzip);
    let server = Server::answering_once(answer).await;
    assert_eq!(get(&open(), server.address).await.unwrap().body, &gzip[..]);
}

#[tokio::test]
async fn every_framing_of_a_body_is_read_to_its_end() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsuccess",
        "HTTP/1.0 200 OK\r\n\r\nsuccess",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nsuccess",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nsuc\r\n4\r\ncess\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nsuccess\r\n0\r\nX: y\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsuccess",
    ] {
        let server = Server::answering_once(answer).await;
        let read = get(&open(), server.address).await.unwrap();
        assert_eq!((read.status, &read.body[..]), (200, &b"success"[..]), "{answer}");
    }
}

#[tokio::test]
async fn an_answer_without_a_body_ends_at_its_head() {
    let server = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let answer = get(&open(), server.address).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (204, 0));
}

#[tokio::test]
async fn headers_that_frame_or_break_the_message_are_refused() {
    let server = Server::answering(EMPTY).await;
    for (name, value) in [
        ("Host", "elsewhere"),
        ("content-length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("X-A", "a\r\nX-B: b"),
        ("X-A", "a\0"),
        ("X A", "a"),
        ("", "a"),
    ] {
        let mut message = request(format!("http://{}/", server.address));
        message.headers = vec![(name, value.to_owned())];
        assert_eq!(open().send(message).await.unwrap_err(), Error::BadHeader(name));
    }
    assert_eq!(server.connections(), 0);
}
