//! The one listener: accepts connections, speaks HTTP/1.1, hands each request to its surface.

mod client_address;
mod surfaces;

pub use surfaces::{MAX_BODY_BYTES, Surfaces};

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

/// Connections that may be open at once: what a node with 10,000 people online needs, and half
/// as much again. More wait in the system's backlog.
const MAX_CONNECTIONS: u32 = 16_384;
/// How long a connection may be silent between requests, or take to send the head of one. Longer
/// than the idle time of usual proxies (60 s), so that they close first and no request is lost.
const HEAD_TIMEOUT: Duration = Duration::from_secs(75);
/// How long a stop waits for answers that are under way.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait when the system gives no more connections (no descriptors left).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Accepts and answers until `stop` says `true`; then lets answers under way end, for at most
/// ten seconds.
pub async fn serve(
    listener: TcpListener,
    surfaces: Arc<Surfaces>,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
    let conversation = stop.clone();
    let accepting = accept_all(&listener, &places, |stream, peer, place| {
        tokio::spawn(converse(stream, peer, surfaces.clone(), conversation.clone(), place));
    });
    tokio::select! {
        () = accepting => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
    drop(listener);
    // A connection holds its place as long as it lives.
    if timeout(GRACE, places.acquire_many(MAX_CONNECTIONS)).await.is_err() {
        tracing::warn!("stopped with requests unanswered after {} s", GRACE.as_secs());
    }
}

async fn accept_all(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
    start: impl Fn(TcpStream, IpAddr, OwnedSemaphorePermit),
) {
    loop {
        let place = places.clone().acquire_owned().await.expect("the semaphore is never closed");
        match listener.accept().await {
            Ok((stream, peer)) => start(stream, peer.ip().to_canonical(), place),
            Err(error) => {
                tracing::warn!(%error, "could not accept a connection");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// One connection, from its first request to its last.
async fn converse(
    stream: TcpStream,
    peer: IpAddr,
    surfaces: Arc<Surfaces>,
    mut stop: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "could not switch Nagle's algorithm off");
    }
    let answer = service_fn(|request| {
        let surfaces = surfaces.clone();
        async move { Ok::<_, Infallible>(surfaces.answer(peer, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .pipeline_flush(true)
        .title_case_headers(true) // as the official hosts write them
        .serve_connection(TokioIo::new(stream), answer)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        _ = stop.wait_for(|stop| *stop) => None,
    };
    let ended = if let Some(ended) = ended {
        ended
    } else {
        connection.as_mut().graceful_shutdown();
        connection.await
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
