//! A server on loopback with a certificate of the tests' own authority.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::connect::Connector;
use crate::resolve::SystemResolver;
use crate::{Client, Method, Policy, Request, Response};

struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn client(&self) -> Client {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        Client::from_connector(Connector {
            policy: Policy::open(),
            resolver: Arc::new(SystemResolver::default()),
            tls: Tls::trusting(roots),
        })
    }

    /// Serves `ok` once, under a certificate for `name`.
    async fn serve(&self, name: &str) -> SocketAddr {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap().der().clone();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = TlsAcceptor::from(Arc::new(config));
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            assert!(stream.read(&mut [0; 1024]).await.unwrap() > 0);
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await.unwrap();
            stream.shutdown().await.unwrap();
        });
        address
    }
}

async fn get(client: &Client, url: String) -> Result<Response, Error> {
    let timeout = Duration::from_secs(10);
    let (method, headers, body) = (Method::GET, vec![], Bytes::new());
    client.send(Request { method, url, headers, body, timeout, max_body: 1024 }).await
}

#[tokio::test]
async fn a_server_of_a_trusted_authority_is_answered() {
    let authority = Authority::new();
    for (name, host) in [("localhost", "localhost"), ("127.0.0.1", "127.0.0.1")] {
        let port = authority.serve(name).await.port();
        let answer = get(&authority.client(), format!("https://{host}:{port}/")).await.unwrap();
        assert_eq!(&answer.body[..], b"ok");
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_a_tls_error() {
    let authority = Authority::new();
    let port = authority.serve("elsewhere.example").await.port();
    let answer = get(&authority.client(), format!("https://localhost:{port}/")).await;
    assert!(matches!(answer, Err(Error::Tls(_))), "{answer:?}");
}

#[tokio::test]
async fn an_authority_that_the_machine_does_not_know_is_a_tls_error() {
    let port = Authority::new().serve("localhost").await.port();
    let answer = get(&Client::new(Policy::open()), format!("https://localhost:{port}/")).await;
    assert!(matches!(answer, Err(Error::Tls(_))), "{answer:?}");
}

#[tokio::test]
async fn a_plain_answer_to_a_handshake_is_a_tls_error() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(stream.read(&mut [0; 1024]).await.unwrap() > 0);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        while stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {}
    });
    let answer = get(&Authority::new().client(), format!("https://127.0.0.1:{port}/")).await;
    assert!(matches!(answer, Err(Error::Tls(_))), "{answer:?}");
}

#[tokio::test]
async fn a_server_that_never_shakes_hands_is_a_connect_timeout() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let timeout = Duration::from_millis(200);
    let (method, headers, body) = (Method::GET, vec![], Bytes::new());
    let request = Request { method, url, headers, body, timeout, max_body: 1024 };
    let answer = Authority::new().client().send(request).await;
    assert_eq!(answer.unwrap_err(), Error::ConnectTimeout);
}
