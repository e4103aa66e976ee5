//! All SQL of the calls.

use db::{Error, Timestamp, Tx, Value, params};

use super::Kept;
use super::counts::{Key, Sum};
use super::quotas::Increment;
use crate::ids::AccountId;

/// Failed calls of one account that are kept: the most that stand there, and what a trim leaves.
const FAILED: Bounds = Bounds { most: 10_000, left: 9_000 };
/// Successful ones; the last 1,000 are promised.
const SUCCEEDED: Bounds = Bounds { most: 1_500, left: 1_000 };

struct Bounds {
    most: i64,
    left: i64,
}

// Quotas.

pub(crate) fn find_used(
    tx: &mut Tx<'_>,
    account: AccountId,
    day: i64,
    endpoint: &str,
) -> Result<i64, Error> {
    let used: Option<i64> = tx.optional(
        "select used from call_quota where account_id = $1 and day = $2 and endpoint = $3",
        params![account, day, endpoint],
    )?;
    Ok(used.unwrap_or(0))
}

/// Adds calls to a day's row; answers what it holds now, other nodes' calls included.
pub(super) fn add_used(tx: &mut Tx<'_>, increment: &Increment) -> Result<i64, Error> {
    tx.one(
        "insert into call_quota (account_id, day, endpoint, used) values ($1, $2, $3, $4) \
         on conflict (account_id, day, endpoint) do update set used = call_quota.used + $4 \
         returning used",
        params![increment.account, increment.day, increment.endpoint, increment.calls],
    )
}

/// Takes one of a month's resets. `false`: none is left.
pub(super) fn take_reset(
    tx: &mut Tx<'_>,
    account: AccountId,
    (month, kind): (i64, &str),
    limit: i64,
) -> Result<bool, Error> {
    let used: Option<i64> = tx.optional(
        "insert into quota_reset (account_id, month, kind, used) values ($1, $2, $3, 1) \
         on conflict (account_id, month, kind) do update set used = quota_reset.used + 1 \
         where quota_reset.used < $4 returning used",
        params![account, month, kind, limit],
    )?;
    Ok(used.is_some())
}

pub(super) fn clear_all_but(
    tx: &mut Tx<'_>,
    account: AccountId,
    day: i64,
    endpoint: &str,
) -> Result<(), Error> {
    tx.execute(
        "delete from call_quota where account_id = $1 and day = $2 and endpoint <> $3",
        params![account, day, endpoint],
    )?;
    Ok(())
}

pub(super) fn clear_one(
    tx: &mut Tx<'_>,
    account: AccountId,
    day: i64,
    endpoint: &str,
) -> Result<(), Error> {
    tx.execute(
        "delete from call_quota where account_id = $1 and day = $2 and endpoint = $3",
        params![account, day, endpoint],
    )?;
    Ok(())
}

// Counts.

pub(super) fn add_count(tx: &mut Tx<'_>, key: &Key, sum: &Sum) -> Result<(), Error> {
    tx.execute(
        "insert into call_count (account_id, hour, endpoint, outcome, calls, sum_micros, \
         max_micros) values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (account_id, hour, endpoint, outcome) do update set \
         calls = call_count.calls + $5, sum_micros = call_count.sum_micros + $6, \
         max_micros = case when call_count.max_micros > $7 then call_count.max_micros else $7 end",
        params![
            key.account,
            key.hour,
            key.endpoint,
            outcome(key.errcode),
            sum.calls,
            sum.total_micros,
            sum.max_micros
        ],
    )?;
    Ok(())
}

/// `ok`, or the error code.
fn outcome(errcode: i32) -> String {
    if errcode == 0 { "ok".to_owned() } else { errcode.to_string() }
}

// Calls. A rid begins with the second in hex, so its order is the order of time.

pub(super) fn insert_calls(
    tx: &mut Tx<'_>,
    account: AccountId,
    failed: bool,
    calls: &[Kept],
) -> Result<(), Error> {
    let rows: Vec<Vec<Value>> = calls.iter().map(|call| row(account, failed, call)).collect();
    tx.insert_many(
        "insert into call (account_id, failed, rid, at, method, path, query, request_body, \
         errcode, response_body, client_ip, cost_micros) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &rows,
    )?;
    Ok(())
}

fn row(account: AccountId, failed: bool, call: &Kept) -> Vec<Value> {
    params![
        account,
        failed,
        &call.rid,
        call.at,
        &call.method,
        &call.path,
        &call.query,
        &call.request_body,
        call.errcode,
        &call.response_body,
        &call.client_ip,
        call.cost_micros
    ]
    .to_vec()
}

/// Removes the oldest calls of an account once there are more than are kept.
pub(super) fn trim_calls(tx: &mut Tx<'_>, account: AccountId, failed: bool) -> Result<(), Error> {
    let bounds = if failed { FAILED } else { SUCCEEDED };
    let kept: i64 = tx.one(
        "select count(*) from call where account_id = $1 and failed = $2",
        params![account, failed],
    )?;
    if kept <= bounds.most {
        return Ok(());
    }
    tx.execute(
        "delete from call where account_id = $1 and failed = $2 and rid <= \
         (select rid from call where account_id = $1 and failed = $2 \
         order by rid desc limit 1 offset $3)",
        params![account, failed, bounds.left],
    )?;
    Ok(())
}

pub(super) fn find_failed(
    tx: &mut Tx<'_>,
    account: AccountId,
    rid: &str,
) -> Result<Option<Kept>, Error> {
    tx.optional(
        "select rid, at, method, path, query, request_body, errcode, response_body, client_ip, \
         cost_micros from call where account_id = $1 and failed = $2 and rid = $3",
        params![account, true, rid],
    )
}

// What has become old.

/// Accounts that called anything lately, by number.
pub(super) fn list_callers(
    tx: &mut Tx<'_>,
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, Error> {
    tx.list(
        "/* fan_out */ select distinct account_id from call_quota where account_id > $1 \
         order by account_id limit $2",
        params![after, limit],
    )
}

/// Removes up to `limit` calls of each outcome from before an instant; answers how many.
pub(super) fn remove_calls_before(
    tx: &mut Tx<'_>,
    account: AccountId,
    instant: Timestamp,
    limit: i64,
) -> Result<u64, Error> {
    let rid = format!("{:08x}", instant.secs().max(0));
    let mut removed = 0;
    for failed in [true, false] {
        removed += tx.execute(
            "delete from call where account_id = $1 and failed = $2 and rid in \
             (select rid from call where account_id = $1 and failed = $2 and rid < $3 \
             order by rid limit $4)",
            params![account, failed, rid.as_str(), limit],
        )?;
    }
    Ok(removed)
}

pub(super) fn remove_quotas_before(
    tx: &mut Tx<'_>,
    account: AccountId,
    day: i64,
) -> Result<(), Error> {
    tx.execute("delete from call_quota where account_id = $1 and day < $2", params![account, day])?;
    Ok(())
}
