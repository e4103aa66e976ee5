//! The client against servers on loopback that misbehave on purpose.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod failures;
mod guard;
mod limits;
mod pool;
mod server;
mod wire;

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use outbound::{Client, Error, Method, Policy, Request, Response};

/// Longer than any step takes; a test that waits for it has failed.
const PATIENCE: Duration = Duration::from_secs(20);

fn request(url: String) -> Request {
    Request {
        method: Method::GET,
        url,
        headers: vec![],
        body: Bytes::new(),
        timeout: PATIENCE,
        max_body: 1024 * 1024,
    }
}

fn open() -> Client {
    Client::new(Policy::open())
}

async fn get(client: &Client, address: SocketAddr) -> Result<Response, Error> {
    client.send(request(format!("http://{address}/"))).await
}
