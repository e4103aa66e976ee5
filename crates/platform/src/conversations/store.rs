//! All SQL of the conversations.

use db::{Error, Timestamp, Tx, params};

use super::chats::{Chat, Last};
use super::content::Content;
use super::grants::{Grants, Trigger};
use super::{Message, NewMessage, Origin};
use crate::ids::{AccountId, FollowerNo, PersonId, Seq};

// Numbers. Number and instant come from one statement, so that `sent_at` never falls as the number
// grows.

/// Takes the next number; `exchange` notes that the two have talked.
pub(crate) fn take_number(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
    exchange: bool,
) -> Result<(Seq, Timestamp), Error> {
    let now = tx.now();
    let exchanged_at = if exchange { now } else { Timestamp(0) };
    tx.one(
        "insert into conversation (account_id, follower_no, last_seq, last_at, exchanged_at) \
         values ($1, $2, 1, $3, $4) on conflict (account_id, follower_no) do update set \
         last_seq = conversation.last_seq + 1, \
         last_at = case when conversation.last_at > $3 then conversation.last_at else $3 end, \
         exchanged_at = case when conversation.exchanged_at > $4 then conversation.exchanged_at \
         else $4 end returning last_seq, last_at",
        params![account, no, now, exchanged_at],
    )
}

/// Takes the next number for a person's message, which opens a grant.
pub(crate) fn take_number_and_grant(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
    trigger: Trigger,
) -> Result<(Seq, Timestamp), Error> {
    let now = tx.now();
    let until = now.plus_secs(trigger.window_secs());
    let text = match trigger {
        Trigger::Message => {
            "insert into conversation (account_id, follower_no, last_seq, last_at, exchanged_at, \
             message_left, message_until) values ($1, $2, 1, $3, $3, $4, $5) \
             on conflict (account_id, follower_no) do update set \
             last_seq = conversation.last_seq + 1, \
             last_at = case when conversation.last_at > $3 then conversation.last_at else $3 end, \
             exchanged_at = $3, message_left = $4, message_until = $5 returning last_seq, last_at"
        }
        Trigger::Choice => {
            "insert into conversation (account_id, follower_no, last_seq, last_at, exchanged_at, \
             choice_left, choice_until) values ($1, $2, 1, $3, $3, $4, $5) \
             on conflict (account_id, follower_no) do update set \
             last_seq = conversation.last_seq + 1, \
             last_at = case when conversation.last_at > $3 then conversation.last_at else $3 end, \
             exchanged_at = $3, choice_left = $4, choice_until = $5 returning last_seq, last_at"
        }
        Trigger::Follow => {
            "insert into conversation (account_id, follower_no, last_seq, last_at, exchanged_at, \
             follow_left, follow_until) values ($1, $2, 1, $3, $3, $4, $5) \
             on conflict (account_id, follower_no) do update set \
             last_seq = conversation.last_seq + 1, \
             last_at = case when conversation.last_at > $3 then conversation.last_at else $3 end, \
             exchanged_at = $3, follow_left = $4, follow_until = $5 returning last_seq, last_at"
        }
    };
    tx.one(text, params![account, no, now, trigger.budget(), until])
}

/// Opens the grant of a follow, which is no message.
pub(crate) fn grant_follow(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
) -> Result<(), Error> {
    let now = tx.now();
    let until = now.plus_secs(Trigger::Follow.window_secs());
    tx.execute(
        "insert into conversation (account_id, follower_no, last_seq, last_at, follow_left, \
         follow_until) values ($1, $2, 0, 0, $3, $4) \
         on conflict (account_id, follower_no) do update set follow_left = $3, follow_until = $4",
        params![account, no, Trigger::Follow.budget(), until],
    )?;
    Ok(())
}

/// Locks the grants of a conversation.
pub(crate) fn lock_grants(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
) -> Result<Option<Grants>, Error> {
    tx.lock(
        "select message_left, message_until, follow_left, follow_until, choice_left, choice_until \
         from conversation where account_id = $1 and follower_no = $2",
        params![account, no],
    )
}

pub(crate) fn update_grants(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
    grants: &Grants,
) -> Result<(), Error> {
    tx.execute(
        "update conversation set message_left = $3, follow_left = $4, choice_left = $5 \
         where account_id = $1 and follower_no = $2",
        params![account, no, grants.message_left, grants.follow_left, grants.choice_left],
    )?;
    Ok(())
}

/// Ends every grant: the person left.
pub(crate) fn close_grants(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
) -> Result<(), Error> {
    tx.execute(
        "update conversation set message_until = 0, follow_until = 0, menu_until = 0, \
         choice_until = 0, scan_until = 0, pay_until = 0 \
         where account_id = $1 and follower_no = $2",
        params![account, no],
    )?;
    Ok(())
}

/// When the two last said something to each other.
pub(crate) fn find_exchanged_at(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
) -> Result<Option<Timestamp>, Error> {
    tx.optional(
        "select exchanged_at from conversation where account_id = $1 and follower_no = $2",
        params![account, no],
    )
}

/// Notes that the default reply was given, unless it was after `since`. `true`: it is to be given.
pub(crate) fn take_default_reply(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
    since: Timestamp,
) -> Result<bool, Error> {
    let now = tx.now();
    let touched = tx.execute(
        "update conversation set default_reply_at = $3 \
         where account_id = $1 and follower_no = $2 and default_reply_at <= $4",
        params![account, no, now, since],
    )?;
    Ok(touched == 1)
}

// Messages.

pub(crate) fn insert_message(
    tx: &mut Tx<'_>,
    new: &NewMessage<'_>,
    (seq, sent_at): (Seq, Timestamp),
    body: &str,
) -> Result<(), Error> {
    tx.execute(
        "insert into message (account_id, follower_no, seq, sent_at, origin, kind, body, msg_id, \
         send_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            new.follower.account,
            new.follower.no,
            seq,
            sent_at,
            new.origin.as_str(),
            new.content.kind(),
            body,
            new.msg_id,
            new.send_key
        ],
    )?;
    Ok(())
}

type MessageRow = (Seq, Timestamp, String, String, i64, Option<String>);

pub(crate) fn list_after(
    tx: &mut Tx<'_>,
    (account, no): (AccountId, FollowerNo),
    after: Seq,
    limit: i64,
) -> Result<Vec<Message>, Error> {
    let rows: Vec<MessageRow> = tx.list(
        "select seq, sent_at, origin, body, msg_id, send_key from message \
         where account_id = $1 and follower_no = $2 and seq > $3 order by seq limit $4",
        params![account, no, after, limit],
    )?;
    rows.into_iter().map(into_message).collect()
}

pub(crate) fn list_before(
    tx: &mut Tx<'_>,
    (account, no): (AccountId, FollowerNo),
    before: Seq,
    limit: i64,
) -> Result<Vec<Message>, Error> {
    let rows: Vec<MessageRow> = tx.list(
        "select seq, sent_at, origin, body, msg_id, send_key from message \
         where account_id = $1 and follower_no = $2 and seq < $3 order by seq desc limit $4",
        params![account, no, before, limit],
    )?;
    rows.into_iter().map(into_message).collect()
}

/// The message that its sender named so.
pub(crate) fn find_by_send_key(
    tx: &mut Tx<'_>,
    (account, no): (AccountId, FollowerNo),
    send_key: &str,
) -> Result<Option<Message>, Error> {
    let row: Option<MessageRow> = tx.optional(
        "select seq, sent_at, origin, body, msg_id, send_key from message \
         where account_id = $1 and follower_no = $2 and send_key = $3",
        params![account, no, send_key],
    )?;
    row.map(into_message).transpose()
}

fn into_message(
    (seq, sent_at, origin, body, msg_id, send_key): MessageRow,
) -> Result<Message, Error> {
    let broken = |what: &str| Error::Corrupt(format!("message {seq}: {what}"));
    let content: Content = serde_json::from_str(&body).map_err(|_| broken("body"))?;
    let origin = Origin::parse(&origin).ok_or_else(|| broken("origin"))?;
    Ok(Message { seq, sent_at, origin, content, msg_id, send_key })
}

// The person's side.

/// Brings a message into the person's chat list: one that he hears counts as unread, and one that
/// he says reads all before it.
pub(crate) fn note_in_chat(
    tx: &mut Tx<'_>,
    new: &NewMessage<'_>,
    (seq, sent_at): (Seq, Timestamp),
) -> Result<(), Error> {
    let follower = new.follower;
    let own = new.origin == Origin::Person;
    let (unread, read_seq) = if own { (0, seq) } else { (1, Seq(0)) };
    tx.execute(
        "insert into chat (person_id, account_id, follower_no, subscribed, subscribed_at, \
         last_seq, last_at, last_origin, last_kind, last_preview, unread, read_seq) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         on conflict (person_id, account_id) do update set last_seq = $6, last_at = $7, \
         last_origin = $8, last_kind = $9, last_preview = $10, \
         unread = case when $13 then 0 else chat.unread + 1 end, \
         read_seq = case when $13 then $6 else chat.read_seq end",
        params![
            follower.person,
            follower.account,
            follower.no,
            follower.subscribed,
            follower.subscribed_at,
            seq,
            sent_at,
            new.origin.as_str(),
            new.content.kind(),
            new.content.preview(),
            unread,
            read_seq,
            own
        ],
    )?;
    Ok(())
}

/// Notes that the person follows, or no longer does.
pub(crate) fn note_subscription(
    tx: &mut Tx<'_>,
    follower: &crate::followers::Follower,
) -> Result<(), Error> {
    tx.execute(
        "insert into chat (person_id, account_id, follower_no, subscribed, subscribed_at, \
         last_seq, last_at, last_origin, last_kind, last_preview, unread, read_seq) \
         values ($1, $2, $3, $4, $5, 0, 0, '', '', '', 0, 0) \
         on conflict (person_id, account_id) do update set subscribed = $4, subscribed_at = $5",
        params![
            follower.person,
            follower.account,
            follower.no,
            follower.subscribed,
            follower.subscribed_at
        ],
    )?;
    Ok(())
}

db::row! {
    struct ChatRow {
        account_id: AccountId,
        follower_no: FollowerNo,
        subscribed: bool,
        subscribed_at: Timestamp,
        last_seq: Seq,
        last_at: Timestamp,
        last_origin: String,
        last_kind: String,
        last_preview: String,
        unread: i64,
        read_seq: Seq,
    }
}

impl From<ChatRow> for Chat {
    fn from(row: ChatRow) -> Self {
        let last = Origin::parse(&row.last_origin).map(|origin| Last {
            seq: row.last_seq,
            sent_at: row.last_at,
            origin,
            kind: row.last_kind,
            preview: row.last_preview,
        });
        Self {
            account: row.account_id,
            follower: row.follower_no,
            subscribed: row.subscribed,
            subscribed_at: row.subscribed_at,
            last,
            unread: row.unread,
            read_seq: row.read_seq,
        }
    }
}

pub(crate) fn list_chats(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Chat>, Error> {
    let rows: Vec<ChatRow> = tx.list(
        "select account_id, follower_no, subscribed, subscribed_at, last_seq, last_at, \
         last_origin, last_kind, last_preview, unread, read_seq from chat where person_id = $1",
        params![person],
    )?;
    Ok(rows.into_iter().map(Chat::from).collect())
}

pub(crate) fn find_chat(
    tx: &mut Tx<'_>,
    person: PersonId,
    account: AccountId,
) -> Result<Option<Chat>, Error> {
    let row: Option<ChatRow> = tx.optional(
        "select account_id, follower_no, subscribed, subscribed_at, last_seq, last_at, \
         last_origin, last_kind, last_preview, unread, read_seq from chat \
         where person_id = $1 and account_id = $2",
        params![person, account],
    )?;
    Ok(row.map(Chat::from))
}

/// How many messages of others lie after the first number, up to the second.
pub(crate) fn count_heard(
    tx: &mut Tx<'_>,
    (account, no): (AccountId, FollowerNo),
    (after, to): (Seq, Seq),
) -> Result<i64, Error> {
    tx.one(
        "select count(*) from message where account_id = $1 and follower_no = $2 \
         and seq > $3 and seq <= $4 and origin <> 'person'",
        params![account, no, after, to],
    )
}

/// Moves the mark from one number to another, if it still stands there; answers what is unread.
pub(crate) fn mark_read(
    tx: &mut Tx<'_>,
    (person, account): (PersonId, AccountId),
    (from, to): (Seq, Seq),
    read: i64,
) -> Result<Option<i64>, Error> {
    tx.optional(
        "update chat set read_seq = $4, \
         unread = case when unread > $5 then unread - $5 else 0 end \
         where person_id = $1 and account_id = $2 and read_seq = $3 returning unread",
        params![person, account, from, to, read],
    )
}
