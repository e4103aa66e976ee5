//! Where a guarded client goes, and where it does not.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::Mutex;

use outbound::{Client, Error, Lookup, Policy, Resolve};

use crate::server::{Server, answer_all};
use crate::{get, open, request};

const PUBLIC: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\npublic";
const SECRET: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";

/// Gives its answers one after the other, and counts how often it is asked.
struct Script {
    answers: Mutex<Vec<Vec<IpAddr>>>,
}

impl Script {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let parse = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().unwrap()).collect();
        Arc::new(Self { answers: Mutex::new(answers.iter().rev().map(parse).collect()) })
    }

    fn unasked(&self) -> usize {
        self.answers.lock().unwrap().len()
    }
}

impl Resolve for Script {
    fn resolve<'a>(&'a self, _name: &'a str) -> Lookup<'a> {
        let answer = self.answers.lock().unwrap().pop();
        Box::pin(async move { answer.ok_or_else(|| Error::Dns("asked too often".to_owned())) })
    }
}

/// In these tests 127.0.0.2 plays the public internet, and 127.0.0.1 stays forbidden.
fn guarded(resolver: Arc<Script>) -> Client {
    Client::with_resolver(Policy::guarded(vec!["127.0.0.2/32".parse().unwrap()]), resolver)
}

/// Two servers at one port, one at each address.
async fn servers() -> (Server, Server) {
    let secret = Server::answering(SECRET).await;
    let address = SocketAddr::new([127, 0, 0, 2].into(), secret.address.port());
    let public = Server::start_at(address, |stream| answer_all(stream, PUBLIC)).await;
    (secret, public)
}

#[tokio::test]
async fn a_name_server_that_changes_its_answer_gains_nothing() {
    let (secret, public) = servers().await;
    let resolver = Script::new(&[&["127.0.0.2"], &["127.0.0.1"]]);
    let client = guarded(resolver.clone());
    let url = format!("http://rebinding.example:{}/", public.address.port());

    let answer = client.send(request(url.clone())).await.unwrap();
    assert_eq!(&answer.body[..], b"public");
    assert_eq!(resolver.unasked(), 1, "the judged answer is the one that is used");

    let address = secret.address.ip();
    let blocked = Error::Blocked { host: "rebinding.example".to_owned(), address };
    assert_eq!(client.send(request(url)).await.unwrap_err(), blocked);
    assert_eq!(secret.connections(), 0);
}

#[tokio::test]
async fn a_forbidden_address_among_allowed_ones_is_passed_over() {
    let (secret, public) = servers().await;
    let client = guarded(Script::new(&[&["127.0.0.1", "::1", "127.0.0.2"]]));
    let url = format!("http://mixed.example:{}/", public.address.port());
    assert_eq!(&client.send(request(url)).await.unwrap().body[..], b"public");
    assert_eq!(secret.connections(), 0);
}

#[tokio::test]
async fn names_for_this_machine_are_blocked() {
    let server = Server::answering(SECRET).await;
    let client = Client::new(Policy::guarded(vec![]));
    for host in ["localhost", "LOCALHOST.", "a.localhost", "ｌｏｃａｌｈｏｓｔ", "127.1", "[::1]"]
    {
        let url = format!("http://{host}:{}/", server.address.port());
        let answer = client.send(request(url)).await;
        assert!(matches!(answer, Err(Error::Blocked { .. })), "{host}: {answer:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_open_policy_finds_localhost_without_a_name_server() {
    let server = Server::answering(SECRET).await;
    for host in ["localhost", "bot.localhost", "localhost."] {
        let url = format!("http://{host}:{}/", server.address.port());
        assert_eq!(open().send(request(url)).await.unwrap().status, 200, "{host}");
    }
}

#[tokio::test]
async fn a_name_without_addresses_is_a_dns_error() {
    let answer = guarded(Script::new(&[&[]])).send(request("http://none.example/".into())).await;
    assert!(matches!(answer, Err(Error::Dns(_))), "{answer:?}");
}

#[tokio::test]
async fn urls_that_are_no_web_addresses_are_refused() {
    let long = format!("http://127.0.0.1/{}", "a".repeat(9000));
    for url in [
        "",
        "/wx",
        "127.0.0.1:80",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "unix:/run/socket",
        "http://",
        "http://user@example.com/",
        "http://user:password@example.com/",
        "http://:password@example.com/",
        "http://example.com@127.0.0.1/",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://exa mple.com/",
        "http://[::1/",
        &long,
    ] {
        let answer = open().send(request(url.to_owned())).await;
        assert!(matches!(answer, Err(Error::BadUrl(_))), "{url}: {answer:?}");
    }
}

#[tokio::test]
async fn a_listed_network_is_reached_by_a_guarded_client() {
    let server = Server::answering(SECRET).await;
    let client = Client::new(Policy::guarded(vec!["127.0.0.0/8".parse().unwrap()]));
    assert_eq!(&get(&client, server.address).await.unwrap().body[..], b"secret");
}
