//! A person's side: the list of his chats, what is unread, what he has read.

use db::{Error, Timestamp, Tx, Wake};

use super::content::SystemLine;
use super::{Origin, store};
use crate::ids::{AccountId, FollowerNo, PersonId, Seq};

/// The topic that names a person whose chat list changed without a message.
pub const TOPIC_LIST: &str = "person_list";
/// The topic that names a person who read; `about` is the account, `number` up to which message.
pub const TOPIC_READ: &str = "person_read";

/// One row of a person's chat list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// The account.
    pub account: AccountId,
    /// Who he is among its followers.
    pub follower: FollowerNo,
    /// He follows it.
    pub subscribed: bool,
    /// Since when; 0 if never.
    pub subscribed_at: Timestamp,
    /// The last message, if there is any.
    pub last: Option<Last>,
    /// Messages that he has not read.
    pub unread: i64,
    /// Up to which he has read.
    pub read_seq: Seq,
}

/// The last message of a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// Its number.
    pub seq: Seq,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Who said it.
    pub origin: Origin,
    /// The wire's word for its kind.
    pub kind: String,
    /// One line of it, or the code of a system line.
    pub preview: String,
}

impl Last {
    /// The line for the chat list, in the person's language.
    pub fn line(&self, language: &str) -> String {
        match (self.origin, SystemLine::parse(&self.preview)) {
            (Origin::System, Some(line)) => line.sentence(language).to_owned(),
            _ => self.preview.clone(),
        }
    }
}

/// A person's chats that have messages, latest first. A person has at most some hundreds of
/// them, so they are read whole and cut here: no index has to follow each message.
pub fn list(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Chat>, Error> {
    let mut chats = store::list_chats(tx, person)?;
    chats.retain(|chat| chat.last.is_some());
    chats.sort_by_key(|chat| std::cmp::Reverse(chat.last.as_ref().map(|last| last.sent_at)));
    Ok(chats)
}

/// One chat of a person, if he ever had to do with the account.
pub fn find(tx: &mut Tx<'_>, person: PersonId, account: AccountId) -> Result<Option<Chat>, Error> {
    store::find_chat(tx, person, account)
}

/// Notes up to which message a person has read; never goes back. Answers what is still unread.
pub fn mark_read(
    tx: &mut Tx<'_>,
    person: PersonId,
    account: AccountId,
    seq: Seq,
) -> Result<i64, Error> {
    let Some(chat) = store::find_chat(tx, person, account)? else { return Ok(0) };
    let last = chat.last.as_ref().map_or(Seq(0), |last| last.seq);
    let seq = seq.min(last);
    if seq <= chat.read_seq {
        return Ok(chat.unread);
    }
    let read = store::count_heard(tx, (account, chat.follower), (chat.read_seq, seq))?;
    let Some(unread) = store::mark_read(tx, (person, account), (chat.read_seq, seq), read)? else {
        return Ok(chat.unread); // another device was quicker
    };
    tx.wake(Wake { topic: TOPIC_READ, key: person.0, about: account.0, number: seq.0 });
    Ok(unread)
}
