//! A developer's server that answers what it is told, and remembers what it was asked.
//!
//! It speaks over a bare socket, so that it can also do what no framework lets it do: hang, drip,
//! reset, break off.

mod answer;
mod received;

pub use answer::{Answer, Manner};
pub use received::Received;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

/// How long a request may be waited for; nothing takes so long unless it never comes.
const PATIENCE: Duration = Duration::from_secs(10);

type Responder = dyn Fn(&Received) -> Answer + Send + Sync;

/// A server on loopback. It stops when it is dropped.
pub struct DeveloperServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    /// Answers to be given in order, before the responder is asked.
    script: Mutex<VecDeque<Answer>>,
    responder: Mutex<Box<Responder>>,
    received: watch::Sender<Vec<Received>>,
}

impl DeveloperServer {
    /// Starts a server that repeats an `echostr` and answers everything else with `success`.
    pub async fn start() -> Self {
        Self::responding(|_| Answer::text("success")).await
    }

    /// Starts a server that repeats an `echostr` and answers everything else with what
    /// `responder` says.
    pub async fn responding(
        responder: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let shared = Arc::new(Shared {
            script: Mutex::default(),
            responder: Mutex::new(Box::new(responder)),
            received: watch::Sender::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let accepting = Mutex::new(Some(tokio::spawn(accept(listener, shared.clone()))));
        Self { address, shared, accepting }
    }

    /// Its address with a path, for an account's callback.
    pub fn url(&self) -> String {
        format!("http://{}/wx", self.address)
    }

    /// Adds an answer to the script: the next request that has none yet gets it, an `echostr`
    /// too. After the script the responder answers again.
    pub fn answer(&self, answer: Answer) -> &Self {
        self.script().push_back(answer);
        self
    }

    /// Replaces the responder.
    pub fn respond(&self, responder: impl Fn(&Received) -> Answer + Send + Sync + 'static) {
        let mut present = self.shared.responder.lock().expect("no panic under the lock");
        *present = Box::new(responder);
    }

    /// What it was asked so far, in order; an attempt that was cut off counts.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.borrow().clone()
    }

    /// Forgets what it was asked.
    pub fn forget(&self) {
        self.shared.received.send_replace(Vec::new());
    }

    /// Waits until it was asked `count` times and answers all of it.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut received = self.shared.received.subscribe();
        let enough = received.wait_for(|received| received.len() >= count);
        match timeout(PATIENCE, enough).await {
            Ok(Ok(received)) => received.clone(),
            _ => panic!("asked {} times, not {count}", self.received().len()),
        }
    }

    /// Stops listening: connections are refused from now on.
    pub async fn refuse(&self) {
        let accepting = self.accepting.lock().expect("no panic under the lock").take();
        if let Some(accepting) = accepting {
            accepting.abort();
            let _ = accepting.await;
        }
    }

    /// Listens again on the same port after [`DeveloperServer::refuse`].
    pub async fn listen_again(&self) {
        let listener = TcpListener::bind(self.address).await.expect("the port is still free");
        let accepting = tokio::spawn(accept(listener, self.shared.clone()));
        let former = self.accepting.lock().expect("no panic under the lock").replace(accepting);
        assert!(former.is_none(), "it was listening");
    }

    fn script(&self) -> MutexGuard<'_, VecDeque<Answer>> {
        self.shared.script.lock().expect("no panic under the lock")
    }
}

impl Drop for DeveloperServer {
    fn drop(&mut self) {
        let accepting = self.accepting.lock().expect("no panic under the lock").take();
        accepting.iter().for_each(JoinHandle::abort);
    }
}

impl Shared {
    fn choose(&self, received: &Received) -> Answer {
        let scripted = self.script.lock().expect("no panic under the lock").pop_front();
        if let Some(answer) = scripted {
            return answer;
        }
        if let Some(echo) = received.query("echostr") {
            return Answer::text(&echo);
        }
        self.responder.lock().expect("no panic under the lock")(received)
    }
}

/// Takes connections; when it ends, all of them do, the hanging ones too.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut open = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        open.spawn(converse(stream, shared.clone()));
        while open.try_join_next().is_some() {}
    }
}

/// One connection: requests and answers in turn, until either side has had enough.
async fn converse(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = Vec::new();
    while let Some(received) = received::read(&mut stream, &mut buffer).await {
        let answer = shared.choose(&received);
        shared.received.send_modify(|list| list.push(received));
        match answer::give(answer, stream).await {
            Some(open) => stream = open,
            None => return,
        }
    }
}
