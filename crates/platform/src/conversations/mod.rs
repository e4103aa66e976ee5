//! Conversations: what a person and an account said to each other, numbered and read by a cursor.
//!
//! A conversation is `(account, follower)`. It owns the numbers, the grants (how many customer
//! messages the account may send until when) and the notice to whoever is online.

pub mod chats;
pub mod content;
pub mod cursor;
pub mod grants;
pub mod typing;

mod append;
mod read;
pub(crate) mod store;

pub use append::{NewMessage, append};
pub use read::{Page, list_after, list_before};

use db::{Timestamp, Tx, Wake};

use crate::ids::{AccountId, PersonId, Seq};
use content::Content;

/// The topic that names a person who has news; `about` is the account, `number` the message's.
pub const TOPIC: &str = "person";

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The person.
    Person,
    /// The account.
    Account,
    /// The platform.
    System,
}

/// A message as it stands in a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its number, from 1.
    pub seq: Seq,
    /// When it was sent; never earlier than the message before it.
    pub sent_at: Timestamp,
    /// Who said it.
    pub origin: Origin,
    /// What was said.
    pub content: Content,
    /// The number that the account's server sees; 0 for what is not pushed.
    pub msg_id: i64,
    /// The sender's own name for it.
    pub send_key: Option<String>,
}

impl Origin {
    /// The word in our own API and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Account => "account",
            Self::System => "system",
        }
    }

    /// The origin of that word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Person, Self::Account, Self::System].into_iter().find(|o| o.as_str() == word)
    }
}

/// Tells whoever is online for a person that there is something to ask for.
pub(crate) fn wake(tx: &mut Tx<'_>, person: PersonId, account: AccountId, seq: Seq) {
    tx.wake(Wake { topic: TOPIC, key: person.0, about: account.0, number: seq.0 });
}
