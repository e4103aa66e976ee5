//! People who write one message after the other, and say it again until it is acknowledged.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use testkit::Reply;
use tokio::sync::watch;
use tokio::time::sleep;

use super::world::World;

/// Between two tries at a server that is not there.
const PAUSE: Duration = Duration::from_millis(5);

/// What is acknowledged so far, and where the server is.
#[derive(Clone)]
pub(super) struct Progress(Arc<Shared>);

struct Shared {
    address: watch::Sender<Option<SocketAddr>>,
    count: watch::Sender<u64>,
    acknowledged: Mutex<Vec<(usize, String)>>,
    ended: watch::Sender<bool>,
}

impl Progress {
    pub(super) fn new(address: SocketAddr) -> Self {
        Self(Arc::new(Shared {
            address: watch::Sender::new(Some(address)),
            count: watch::Sender::new(0),
            acknowledged: Mutex::default(),
            ended: watch::Sender::new(false),
        }))
    }

    /// The server is about to be killed.
    pub(super) fn lose(&self) {
        self.0.address.send_replace(None);
    }

    /// It is back.
    pub(super) fn find(&self, address: SocketAddr) {
        self.0.address.send_replace(Some(address));
    }

    /// Everybody ends with the message that he is at.
    pub(super) fn end(&self) {
        self.0.ended.send_replace(true);
    }

    /// Waits until so many more messages are acknowledged.
    pub(super) async fn wait_for_more(&self, more: u64) {
        let mut count = self.0.count.subscribe();
        let goal = *count.borrow() + more;
        count.wait_for(|count| *count >= goal).await.expect("the counter stays");
    }

    /// What each person wrote, in his order.
    pub(super) fn acknowledged_by_person(&self, people: usize) -> Vec<Vec<String>> {
        let mut written = vec![Vec::new(); people];
        for (person, text) in self.0.acknowledged.lock().unwrap().iter() {
            written[*person].push(text.clone());
        }
        written
    }

    fn note(&self, person: usize, text: String) {
        self.0.acknowledged.lock().unwrap().push((person, text));
        self.0.count.send_modify(|count| *count += 1);
    }

    async fn address(&self) -> SocketAddr {
        let mut address = self.0.address.subscribe();
        let found = address.wait_for(Option::is_some).await.expect("the address stays");
        found.expect("it was waited for")
    }

    fn is_over(&self) -> bool {
        *self.0.ended.borrow()
    }
}

/// Writes until the end.
pub(super) async fn write(world: Arc<World>, person: usize, progress: Progress) {
    let mut number = 0;
    while !progress.is_over() {
        number += 1;
        let text = format!("p{person}-{number}");
        loop {
            let body = format!(r#"{{"key":"{text}","type":"text","content":"{text}"}}"#);
            let address = progress.address().await;
            let call = world.call(address, person, "POST", &world.messages()).json(&body);
            match call.try_send().await.as_ref().map(|reply: &Reply| reply.status) {
                Ok(200 | 201) => break,
                // Busy, or killed: nothing is known of the message.
                Ok(503) | Err(_) => sleep(PAUSE).await,
                Ok(status) => panic!("{status}"),
            }
        }
        progress.note(person, text);
    }
}
