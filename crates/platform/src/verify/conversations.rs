//! Conversations: their numbers are dense, and time never falls as they grow.

use db::{Db, Error};

use super::CHUNK;
use super::store::{self, ConversationRow};
use crate::ids::{AccountId, FollowerNo};

pub(super) fn list_faults(db: &Db, account: AccountId) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    let mut after = FollowerNo(-1);
    loop {
        let rows =
            db.read_blocking(move |tx| store::list_conversations(tx, account, after, CHUNK))?;
        let Some(last) = rows.last() else { break };
        after = last.no;
        for row in rows {
            let name = format!("account {account}, follower {}", row.no);
            faults.extend(check(&row).into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    let (falling, homeless) = db.read_blocking(move |tx| {
        Ok::<_, Error>((store::count_falling(tx, account)?, store::count_homeless(tx, account)?))
    })?;
    if falling > 0 {
        faults.push(format!("account {account}: {falling} messages are older than the one before"));
    }
    if homeless > 0 {
        faults.push(format!("account {account}: {homeless} messages belong to no conversation"));
    }
    Ok(faults)
}

fn check(row: &ConversationRow) -> Option<String> {
    let &ConversationRow { last_seq, last_at, count, max_seq, max_at, .. } = row;
    if count != last_seq.0 || max_seq != last_seq {
        return Some(format!(
            "{last_seq} messages were numbered, and {count} are there, the last of them {max_seq}"
        ));
    }
    (max_at != last_at).then(|| "its last message was not sent when it says".to_owned())
}
