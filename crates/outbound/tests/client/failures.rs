//! Each way in which a server fails has its own name.

use std::net::Ipv4Addr;
use std::sync::Arc;

use outbound::{Client, Error, Lookup, Policy, Resolve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{Server, read_request};
use crate::{get, open, request};

#[tokio::test]
async fn a_port_that_nobody_listens_at_is_refused() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(get(&open(), address).await.unwrap_err(), Error::Refused);
    // Both addresses of the name are tried, and the more telling failure is reported.
    let url = format!("http://localhost:{}/", address.port());
    assert_eq!(open().send(request(url)).await.unwrap_err(), Error::Refused);
}

#[tokio::test]
async fn a_reset_after_the_request_is_a_reset() {
    let server = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        stream.set_zero_linger().unwrap();
    })
    .await;
    assert_eq!(get(&open(), server.address).await.unwrap_err(), Error::Reset);
}

#[tokio::test]
async fn a_half_closed_connection_is_a_reset() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsucc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nsucc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nsuccess\r\n",
    ] {
        let server = Server::start(move |mut stream| async move {
            read_request(&mut stream).await;
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
            // The server's other half stays open until the client has gone.
            while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
        })
        .await;
        let failure = get(&open(), server.address).await.unwrap_err();
        assert_eq!(failure, Error::Reset, "{answer:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_a_protocol_error() {
    for answer in [
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "success",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\nsuccess",
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 8\r\n\r\nsuccess",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nsuccess\r\n0\r\n\r\n",
    ] {
        let server = Server::answering_once(answer).await;
        let failure = get(&open(), server.address).await;
        assert!(matches!(failure, Err(Error::Protocol(_))), "{answer:?}: {failure:?}");
    }
}

struct Two;

impl Resolve for Two {
    fn resolve<'a>(&'a self, _name: &'a str) -> Lookup<'a> {
        Box::pin(async { Ok(vec![[127, 0, 0, 3].into(), [127, 0, 0, 1].into()]) })
    }
}

#[tokio::test]
async fn the_second_address_is_tried_when_the_first_refuses() {
    let server = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let client = Client::with_resolver(Policy::open(), Arc::new(Two));
    let url = format!("http://two.example:{}/", server.address.port());
    assert_eq!(client.send(request(url)).await.unwrap().status, 200);
}

#[test]
fn texts_are_lower_case_sentences_without_a_stop() {
    for error in [Error::Refused, Error::Reset, Error::Timeout, Error::BadUrl("no host".into())] {
        let text = error.to_string();
        assert!(text.starts_with(char::is_lowercase) && !text.ends_with('.'), "{text}");
    }
}
