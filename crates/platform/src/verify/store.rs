//! The SQL of the checks, and the name of the instance key.

use db::{Error, Timestamp, Tx, params};
use files::Hash;

use crate::ids::{AccountId, FollowerNo, PersonId, Seq};

db::row! {
    /// An account as the checks need it.
    pub(super) struct AccountRow {
        pub(super) id: AccountId,
        pub(super) app_id: String,
        pub(super) username: String,
        pub(super) next_follower: i64,
    }
}

pub(super) fn list_accounts(
    tx: &mut Tx<'_>,
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountRow>, Error> {
    tx.list(
        "/* fan_out */ select account_id, appid, username, next_follower from account \
         where account_id > $1 order by account_id limit $2",
        params![after, limit],
    )
}

/// How many followers there are, and the number after the highest.
pub(super) fn count_followers(tx: &mut Tx<'_>, account: AccountId) -> Result<(i64, i64), Error> {
    tx.one(
        "select count(*), coalesce(max(follower_no) + 1, 0) from follower where account_id = $1",
        params![account],
    )
}

db::row! {
    /// A follower as the checks need him.
    pub(super) struct FollowerRow {
        pub(super) no: FollowerNo,
        pub(super) person: PersonId,
        pub(super) subscribed: bool,
    }
}

pub(super) fn list_followers(
    tx: &mut Tx<'_>,
    account: AccountId,
    after: FollowerNo,
    limit: i64,
) -> Result<Vec<FollowerRow>, Error> {
    tx.list(
        "select follower_no, person_id, subscribed from follower \
         where account_id = $1 and follower_no > $2 order by follower_no limit $3",
        params![account, after, limit],
    )
}

pub(super) fn find_last_seq(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
) -> Result<Option<Seq>, Error> {
    tx.optional(
        "select last_seq from conversation where account_id = $1 and follower_no = $2",
        params![account, no],
    )
}

/// Messages of others after a number.
pub(super) fn count_heard(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
    after: Seq,
) -> Result<i64, Error> {
    tx.one(
        "select count(*) from message where account_id = $1 and follower_no = $2 \
         and seq > $3 and origin <> 'person'",
        params![account, no, after],
    )
}

db::row! {
    /// A conversation beside a recount of its messages.
    pub(super) struct ConversationRow {
        pub(super) no: FollowerNo,
        pub(super) last_seq: Seq,
        pub(super) last_at: Timestamp,
        pub(super) count: i64,
        pub(super) max_seq: Seq,
        pub(super) max_at: Timestamp,
    }
}

pub(super) fn list_conversations(
    tx: &mut Tx<'_>,
    account: AccountId,
    after: FollowerNo,
    limit: i64,
) -> Result<Vec<ConversationRow>, Error> {
    tx.list(
        "select conversation.follower_no, conversation.last_seq, conversation.last_at, \
         count(message.seq), coalesce(max(message.seq), 0), coalesce(max(message.sent_at), 0) \
         from conversation left join message on message.account_id = $1 \
         and message.follower_no = conversation.follower_no \
         where conversation.account_id = $1 and conversation.follower_no > $2 \
         group by conversation.follower_no, conversation.last_seq, conversation.last_at \
         order by conversation.follower_no limit $3",
        params![account, after, limit],
    )
}

/// Messages that were sent before the one before them.
pub(super) fn count_falling(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, Error> {
    tx.one(
        "select count(*) from (select sent_at - lag(sent_at) over \
         (partition by follower_no order by seq) as step from message where account_id = $1) \
         as steps where step < 0",
        params![account],
    )
}

/// Messages without a conversation.
pub(super) fn count_homeless(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, Error> {
    tx.one(
        "select count(*) from message where account_id = $1 and not exists \
         (select 1 from conversation where conversation.account_id = $1 \
         and conversation.follower_no = message.follower_no)",
        params![account],
    )
}

/// Counters, each with the question for the highest number that is in use.
pub(super) const NUMBERED: [(&str, &str); 8] = [
    ("account", "/* fan_out */ select coalesce(max(account_id), 0) from account"),
    ("person", "/* fan_out */ select coalesce(max(person_id), 0) from person"),
    ("session", "/* fan_out */ select coalesce(max(session_no), 0) from person_session"),
    ("msg_id", "/* fan_out */ select coalesce(max(msg_id), 0) from message"),
    ("event", "/* fan_out */ select coalesce(max(event_id), 0) from event"),
    ("media", "/* fan_out */ select coalesce(max(media_no), 0) from media"),
    ("upload", "/* fan_out */ select coalesce(max(upload_no), 0) from upload"),
    ("job", "/* fan_out */ select coalesce(max(id), 0) from job"),
];

pub(super) fn find_highest(tx: &mut Tx<'_>, statement: &'static str) -> Result<i64, Error> {
    tx.one(statement, params![])
}

/// The number that the next lease of a counter begins with.
pub(super) fn find_next_number(tx: &mut Tx<'_>, counter: &str) -> Result<Option<i64>, Error> {
    tx.optional("select next_number from counter where name = $1", params![counter])
}

// Files.

/// Files in use, by hash, after one of them.
pub(super) fn list_used(tx: &mut Tx<'_>, after: &str, limit: i64) -> Result<Vec<Hash>, Error> {
    let rows: Vec<String> = tx.list(
        "/* fan_out */ select hash from file_use where hash > $1 \
         group by hash order by hash limit $2",
        params![after, limit],
    )?;
    let parse = |text: &String| {
        text.parse().map_err(|_| Error::Corrupt(format!("the use of a file: hash {text}")))
    };
    rows.iter().map(parse).collect()
}

db::row! {
    /// Who uses a file.
    pub(super) struct UseRow {
        pub(super) root: i64,
        pub(super) number: i64,
        pub(super) kind: String,
    }
}

pub(super) fn list_users(tx: &mut Tx<'_>, hash: &Hash) -> Result<Vec<UseRow>, Error> {
    tx.list("select root, number, kind from file_use where hash = $1", params![hash.to_string()])
}

pub(super) fn count_media(tx: &mut Tx<'_>) -> Result<i64, Error> {
    tx.one("/* fan_out */ select count(*) from media", params![])
}

pub(super) fn count_uploads(tx: &mut Tx<'_>) -> Result<i64, Error> {
    tx.one("/* fan_out */ select count(*) from upload", params![])
}

/// Uses of files by media, and by uploads.
pub(super) fn count_uses(tx: &mut Tx<'_>) -> Result<(i64, i64), Error> {
    tx.one(
        "/* fan_out */ select count(case when kind = 'media' then 1 end), \
         count(case when kind = 'upload' then 1 end) from file_use",
        params![],
    )
}

// The instance key.

pub(super) fn find_key_id(tx: &mut Tx<'_>) -> Result<Option<String>, Error> {
    tx.optional("select key_id from instance where instance_id = 1", params![])
}

pub(super) fn insert_key_id(tx: &mut Tx<'_>, key_id: &str) -> Result<(), Error> {
    tx.execute(
        "insert into instance (instance_id, key_id) values (1, $1) \
         on conflict (instance_id) do nothing",
        params![key_id],
    )?;
    Ok(())
}
