//! Reading a conversation page by page, in either direction.

use db::{Error, Tx};

use super::cursor::Cursor;
use super::{Message, store};
use crate::ids::{AccountId, FollowerNo, Seq};

/// Messages in their order, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The messages.
    pub messages: Vec<Message>,
    /// More lie beyond the page, in the direction of reading.
    pub more: bool,
}

/// What was said after a place.
pub fn list_after(
    tx: &mut Tx<'_>,
    conversation: (AccountId, FollowerNo),
    after: Cursor,
    limit: i64,
) -> Result<Page, Error> {
    let mut messages = store::list_after(tx, conversation, after.seq, limit + 1)?;
    let more = cut(&mut messages, limit);
    Ok(Page { messages, more })
}

/// What was said before a place; `None` is the end of the conversation.
pub fn list_before(
    tx: &mut Tx<'_>,
    conversation: (AccountId, FollowerNo),
    before: Option<Cursor>,
    limit: i64,
) -> Result<Page, Error> {
    let before = before.map_or(Seq(i64::MAX), |cursor| cursor.seq);
    let mut messages = store::list_before(tx, conversation, before, limit + 1)?;
    let more = cut(&mut messages, limit);
    messages.reverse();
    Ok(Page { messages, more })
}

fn cut(messages: &mut Vec<Message>, limit: i64) -> bool {
    let limit = usize::try_from(limit).expect("limits are positive");
    let more = messages.len() > limit;
    messages.truncate(limit);
    more
}
