//! Connections outlive the calls that are refused on them.

use testkit::{TestApp, on_both};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Larger than what a connection holds on its way, so that a server that does not read it stops
/// its client in the middle.
const FILM_BYTES: usize = 8 << 20;

on_both! {
    async fn a_refused_upload_is_read_and_the_next_call_answered(app) {
        let answers = upload_and_go_on(&app, "/cgi-bin/media/upload?access_token=x").await;
        assert!(answers.contains(r#"{"errcode":40001,"#), "{answers}");
    }

    async fn an_upload_to_an_unknown_path_is_read_and_the_next_call_answered(app) {
        let answers = upload_and_go_on(&app, "/cgi-bin/no/such").await;
        assert!(answers.contains(r#"{"errcode":40066,"#), "{answers}");
    }

    async fn an_upload_to_what_is_not_built_is_read_and_the_next_call_answered(app) {
        let path = format!("/cgi-bin/material/add_material?access_token={}", app.token().await);
        let answers = upload_and_go_on(&app, &path).await;
        assert!(answers.contains(r#"{"errcode":48001,"#), "{answers}");
    }
}

/// What a connection answers to a large upload and then to a call without a token.
async fn upload_and_go_on(app: &TestApp, path: &str) -> String {
    let mut stream = TcpStream::connect(app.address()).await.expect("it listens");
    let head = format!("POST {path} HTTP/1.1\r\nHost: api.weixin.qq.com\r\n");
    let head = format!("{head}Content-Length: {FILM_BYTES}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("the connection is open");
    stream.write_all(&vec![b'f'; FILM_BYTES]).await.expect("the whole body is taken");
    let next = "GET /cgi-bin/getcallbackip HTTP/1.1\r\nHost: api.weixin.qq.com\r\n";
    let next = format!("{next}Connection: close\r\n\r\n");
    stream.write_all(next.as_bytes()).await.expect("the connection is open");
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.expect("two whole answers");
    assert!(answers.contains(r#"{"errcode":41001,"#), "{answers}");
    answers
}
