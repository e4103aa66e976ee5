//! Open connections that wait for their next request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::rt::{Read, Write};
use tokio::task::AbortHandle;

use crate::Error;
use crate::target::Origin;

/// How long a connection waits. Below the two seconds after which the least patient of the common
/// servers (gunicorn) closes it: a request that meets the closing would fail.
const MAX_IDLE_TIME: Duration = Duration::from_millis(1500);

/// Most waiting connections of one origin; more than this in use at once are simply closed.
const MAX_IDLE_PER_ORIGIN: usize = 128;

/// Most waiting connections in all, half of the usual limit of 1,024 open files.
const MAX_IDLE: usize = 512;

/// Most headers of an answer, and the most bytes that they and one read may take.
const MAX_HEADERS: usize = 100;
const MAX_BUFFER_BYTES: usize = 64 * 1024;

/// An HTTP/1 connection. Dropping it closes it at once, whatever it was doing.
pub(crate) struct Connection {
    pub(crate) sender: SendRequest<Full<Bytes>>,
    driver: AbortHandle,
}

impl Connection {
    pub(crate) async fn start<T>(io: T) -> Result<Self, Error>
    where
        T: Read + Write + Unpin + Send + 'static,
    {
        let (sender, connection) = Builder::new()
            .title_case_headers(true)
            .max_headers(MAX_HEADERS)
            .max_buf_size(MAX_BUFFER_BYTES)
            .handshake(io)
            .await
            .map_err(|error| Error::exchanging(&error))?;
        // Its failures reach the one who waits for the answer.
        let driver = tokio::spawn(async move { drop(connection.await) }).abort_handle();
        Ok(Self { sender, driver })
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

struct Idle {
    connection: Connection,
    since: Instant,
}

#[derive(Default)]
struct State {
    waiting: HashMap<Origin, Vec<Idle>>,
    count: usize,
    /// Whether a task is at work that closes what has waited too long.
    swept: bool,
}

/// The waiting connections, by origin; no origin ever waits for another.
#[derive(Clone, Default)]
pub(crate) struct Pool {
    state: Arc<Mutex<State>>,
}

impl Pool {
    /// Takes the connection used last: the others may then grow old and be closed.
    pub(crate) fn take(&self, origin: &Origin) -> Option<Connection> {
        let mut state = lock(&self.state);
        loop {
            let idle = state.waiting.get_mut(origin)?.pop()?;
            state.count -= 1;
            if idle.connection.sender.is_ready() && idle.since.elapsed() < MAX_IDLE_TIME {
                return Some(idle.connection);
            }
        }
    }

    /// Keeps a connection whose answer was read to its end.
    pub(crate) fn keep(&self, origin: Origin, mut connection: Connection) {
        if connection.sender.is_ready() {
            return self.put(origin, connection);
        }
        // Its driver has not noticed the end of the answer yet, or the server closes it now.
        let pool = self.clone();
        tokio::spawn(async move {
            let ready = tokio::time::timeout(MAX_IDLE_TIME, connection.sender.ready()).await;
            if matches!(ready, Ok(Ok(()))) {
                pool.put(origin, connection);
            }
        });
    }

    fn put(&self, origin: Origin, connection: Connection) {
        let mut state = lock(&self.state);
        let full = state.count >= MAX_IDLE;
        let of_origin = state.waiting.entry(origin).or_default();
        if full || of_origin.len() >= MAX_IDLE_PER_ORIGIN {
            return;
        }
        of_origin.push(Idle { connection, since: Instant::now() });
        state.count += 1;
        if !state.swept {
            state.swept = true;
            tokio::spawn(sweep(Arc::downgrade(&self.state)));
        }
    }
}

/// Closes what has waited too long, and ends when nothing waits.
async fn sweep(state: Weak<Mutex<State>>) {
    loop {
        tokio::time::sleep(MAX_IDLE_TIME).await;
        let Some(state) = state.upgrade() else { return };
        let mut state = lock(&state);
        for idle in state.waiting.values_mut() {
            idle.retain(|idle| idle.since.elapsed() < MAX_IDLE_TIME);
        }
        state.waiting.retain(|_, idle| !idle.is_empty());
        state.count = state.waiting.values().map(Vec::len).sum();
        if state.count == 0 {
            state.swept = false;
            return;
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
