//! The SQL of erasing.

use db::{Error, Tx, params};

use crate::ids::AccountId;

/// One statement a table: it deletes up to `$2` rows of the account.
pub(super) const STATEMENTS: &[&str] = &[
    "delete from message where account_id = $1 and (follower_no, seq) in \
     (select follower_no, seq from message where account_id = $1 limit $2)",
    "delete from conversation where account_id = $1 and follower_no in \
     (select follower_no from conversation where account_id = $1 limit $2)",
    "delete from event where account_id = $1 and event_id in \
     (select event_id from event where account_id = $1 limit $2)",
    "delete from delivery where account_id = $1 and delivery_id in \
     (select delivery_id from delivery where account_id = $1 limit $2)",
    "delete from call where account_id = $1 and (failed, rid) in \
     (select failed, rid from call where account_id = $1 limit $2)",
    "delete from call_count where account_id = $1 and (hour, endpoint, outcome) in \
     (select hour, endpoint, outcome from call_count where account_id = $1 limit $2)",
    "delete from call_quota where account_id = $1 and (day, endpoint) in \
     (select day, endpoint from call_quota where account_id = $1 limit $2)",
    "delete from quota_reset where account_id = $1 and (month, kind) in \
     (select month, kind from quota_reset where account_id = $1 limit $2)",
    "delete from autoreply_rule where account_id = $1 and rule_no in \
     (select rule_no from autoreply_rule where account_id = $1 limit $2)",
    "delete from access_token where account_id = $1 and issuer in \
     (select issuer from access_token where account_id = $1 limit $2)",
    "delete from ticket where account_id = $1 and kind in \
     (select kind from ticket where account_id = $1 limit $2)",
];

/// Runs one of the statements. `true`: nothing is left.
pub(super) fn erase(
    tx: &mut Tx<'_>,
    id: AccountId,
    statement: &'static str,
    limit: i64,
) -> Result<bool, Error> {
    Ok(tx.execute(statement, params![id, limit])? < limit.unsigned_abs())
}

/// Takes the account from up to `limit` people's chat lists, and those followers with it. `true`:
/// nobody is left.
pub(super) fn erase_followers(tx: &mut Tx<'_>, id: AccountId, limit: i64) -> Result<bool, Error> {
    let followers: Vec<(i64, i64)> = tx.list(
        "select follower_no, person_id from follower where account_id = $1 \
         order by follower_no limit $2",
        params![id, limit],
    )?;
    for (follower, person) in &followers {
        tx.execute(
            "delete from chat where person_id = $1 and account_id = $2",
            params![*person, id],
        )?;
        tx.execute(
            "delete from follower where account_id = $1 and follower_no = $2",
            params![id, *follower],
        )?;
    }
    Ok(followers.len() < usize::try_from(limit).unwrap_or(usize::MAX))
}
