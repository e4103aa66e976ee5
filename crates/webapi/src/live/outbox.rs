//! What one socket still has to be told: a short queue that never grows.

use std::sync::{Mutex, MutexGuard};

use tokio::sync::Notify;

use super::note::Note;

/// Notes that may wait for a slow socket: more chats than change between two of its turns.
const MOST: usize = 64;

/// Why the server ends a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The world was reset or restored: every cursor is void.
    World,
    /// The session was closed.
    SignedOut,
}

/// The notes that wait for one socket.
#[derive(Default)]
pub(super) struct Outbox {
    waiting: Mutex<Waiting>,
    filled: Notify,
}

#[derive(Default)]
struct Waiting {
    notes: Vec<Note>,
    end: Option<End>,
}

impl Outbox {
    /// Adds a note. One that it replaces goes; when too many wait, all give way to one that says
    /// "ask for everything again".
    pub(super) fn push(&self, note: Note) {
        let mut waiting = self.waiting();
        waiting.notes.retain(|earlier| !note.replaces(*earlier));
        if waiting.notes.len() == MOST {
            waiting.notes.clear();
            waiting.notes.push(Note::Chats);
        } else {
            waiting.notes.push(note);
        }
        drop(waiting);
        self.filled.notify_one();
    }

    /// Ends the socket; what waits is not sent any more.
    pub(super) fn end(&self, end: End) {
        self.waiting().end = Some(end);
        self.filled.notify_one();
    }

    /// Waits until there is something, and takes it. Cancelled, it has taken nothing.
    pub(super) async fn take(&self) -> Result<Vec<Note>, End> {
        loop {
            self.filled.notified().await;
            let mut waiting = self.waiting();
            if let Some(end) = waiting.end {
                return Err(end);
            }
            if !waiting.notes.is_empty() {
                return Ok(std::mem::take(&mut waiting.notes));
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().expect("no panic under the lock")
    }
}

#[cfg(test)]
mod tests {
    use platform::ids::{AccountId, Seq};

    use super::*;

    fn chat(account: i64, seq: i64) -> Note {
        Note::Chat { account: AccountId(account), seq: Seq(seq) }
    }

    async fn taken(outbox: &Outbox) -> Vec<Note> {
        outbox.take().await.expect("the socket goes on")
    }

    #[tokio::test]
    async fn notes_of_one_chat_collapse() {
        let outbox = Outbox::default();
        for note in [chat(1, 1), chat(2, 1), chat(1, 2)] {
            outbox.push(note);
        }
        assert_eq!(taken(&outbox).await, [chat(2, 1), chat(1, 2)]);
    }

    #[tokio::test]
    async fn a_slow_socket_is_told_to_ask_for_everything_again() {
        let outbox = Outbox::default();
        (0..=64).for_each(|account| outbox.push(chat(account, 1)));
        outbox.push(chat(99, 1));
        assert_eq!(taken(&outbox).await, [Note::Chats, chat(99, 1)]);
    }

    #[tokio::test]
    async fn an_end_goes_before_what_waits() {
        let outbox = Outbox::default();
        outbox.push(Note::Chats);
        outbox.end(End::World);
        assert_eq!(outbox.take().await, Err(End::World));
    }
}
