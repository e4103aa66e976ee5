//! Who is connected, and who is told what.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use bus::Wake;
use platform::conversations::{TOPIC, chats};
use platform::ids::{AccountId, PersonId, Seq};
use platform::messaging::edge::TOPIC_TYPING;
use platform::{Platform, sandbox};

use super::note::Note;
use super::outbox::{End, Outbox};
use crate::problem::{Problem, Refused};

/// Sockets that one person may have open: one a tab, on a few devices.
const MOST_A_PERSON: usize = 32;
/// Sockets of one node: at 10 KB each half a gigabyte.
const MOST: usize = 50_000;

/// The sockets of this node by person.
#[derive(Default)]
pub(crate) struct Hub(Mutex<Sockets>);

#[derive(Default)]
struct Sockets {
    people: HashMap<PersonId, Vec<Socket>>,
    count: usize,
}

struct Socket {
    /// The session's token, so that signing out ends what it opened.
    token: String,
    outbox: Arc<Outbox>,
}

/// A socket's place in the hub, given up when it is dropped.
pub(super) struct Place {
    hub: Arc<Hub>,
    pub(super) person: PersonId,
    pub(super) outbox: Arc<Outbox>,
}

impl Hub {
    /// A hub that hears of what happens on a platform.
    pub(crate) fn listening(platform: &Platform) -> Arc<Self> {
        let hub = Arc::<Self>::default();
        let account = |wake: &Wake| AccountId(wake.about);
        hub.listen(platform, TOPIC, move |wake| Note::Chat {
            account: account(wake),
            seq: Seq(wake.number),
        });
        hub.listen(platform, chats::TOPIC_READ, move |wake| Note::Read {
            account: account(wake),
            seq: Seq(wake.number),
        });
        hub.listen(platform, chats::TOPIC_LIST, |_| Note::Chats);
        hub.listen(platform, TOPIC_TYPING, move |wake| Note::Typing {
            account: account(wake),
            on: wake.number != 0,
        });
        let ended = hub.clone();
        platform.bus.listen(sandbox::TOPIC_RESET, move |_| ended.end_all());
        hub
    }

    /// Tells the sockets of the person that a wake-up names. It runs in the thread that commits,
    /// and only fills queues.
    fn listen(
        self: &Arc<Self>,
        platform: &Platform,
        topic: &'static str,
        note: impl Fn(&Wake) -> Note + Send + Sync + 'static,
    ) {
        let hub = self.clone();
        platform.bus.listen(topic, move |wake| {
            let sockets = hub.sockets();
            for socket in sockets.people.get(&PersonId(wake.key)).into_iter().flatten() {
                socket.outbox.push(note(wake));
            }
        });
    }

    /// Makes room for a socket of a person.
    pub(super) fn admit(self: &Arc<Self>, person: PersonId, token: String) -> Refused<Place> {
        let outbox = Arc::<Outbox>::default();
        let mut sockets = self.sockets();
        if sockets.count >= MOST {
            return Err(Problem::Busy);
        }
        let own = sockets.people.entry(person).or_default();
        if own.len() >= MOST_A_PERSON {
            return Err(Problem::TooMany);
        }
        own.push(Socket { token, outbox: outbox.clone() });
        sockets.count += 1;
        Ok(Place { hub: self.clone(), person, outbox })
    }

    /// Ends the sockets that a session opened.
    pub(crate) fn sign_out(&self, person: PersonId, token: &str) {
        for socket in self.sockets().people.get(&person).into_iter().flatten() {
            if socket.token == token {
                socket.outbox.end(End::SignedOut);
            }
        }
    }

    fn end_all(&self) {
        for socket in self.sockets().people.values().flatten() {
            socket.outbox.end(End::World);
        }
    }

    fn leave(&self, person: PersonId, outbox: &Arc<Outbox>) {
        let mut sockets = self.sockets();
        if let Some(own) = sockets.people.get_mut(&person) {
            own.retain(|socket| !Arc::ptr_eq(&socket.outbox, outbox));
            if own.is_empty() {
                sockets.people.remove(&person);
            }
            sockets.count -= 1;
        }
    }

    fn sockets(&self) -> MutexGuard<'_, Sockets> {
        self.0.lock().expect("no panic under the lock")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.hub.leave(self.person, &self.outbox);
    }
}
