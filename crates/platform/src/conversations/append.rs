//! Adding a message: the number, the row, the person's chat list, the notice.

use db::{Error, Timestamp, Tx};

use super::content::Content;
use super::grants::Trigger;
use super::{Message, Origin, store, wake};
use crate::followers::Follower;

/// A message to be added.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// Whose conversation it is.
    pub follower: &'a Follower,
    /// Who says it.
    pub origin: Origin,
    /// What is said.
    pub content: &'a Content,
    /// The number that the account's server sees; 0 for what is not pushed.
    pub msg_id: i64,
    /// The sender's own name for it; a second message of that name is refused by the store.
    pub send_key: Option<&'a str>,
    /// The grant that it opens.
    pub opens: Option<Trigger>,
}

/// Adds a message. `UniqueViolation`: the sender's key names an earlier one.
pub fn append(tx: &mut Tx<'_>, new: &NewMessage<'_>) -> Result<Message, Error> {
    let (seq, sent_at) = take_number(tx, new)?;
    let body = serde_json::to_string(new.content).expect("content is plain data");
    store::insert_message(tx, new, (seq, sent_at), &body)?;
    store::note_in_chat(tx, new, (seq, sent_at))?;
    wake(tx, new.follower.person, new.follower.account, seq);
    Ok(Message {
        seq,
        sent_at,
        origin: new.origin,
        content: new.content.clone(),
        msg_id: new.msg_id,
        send_key: new.send_key.map(str::to_owned),
    })
}

fn take_number(
    tx: &mut Tx<'_>,
    new: &NewMessage<'_>,
) -> Result<(crate::ids::Seq, Timestamp), Error> {
    let (account, no) = (new.follower.account, new.follower.no);
    match new.origin {
        Origin::Person => match new.opens {
            Some(trigger) => store::take_number_and_grant(tx, account, no, trigger),
            None => store::take_number(tx, account, no, true),
        },
        Origin::Account => store::take_number(tx, account, no, true),
        Origin::System => store::take_number(tx, account, no, false),
    }
}
