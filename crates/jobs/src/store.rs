//! All SQL of the jobs: the rows, and the leases of the buckets.

use db::{Error, Timestamp, Tx, params};

use crate::{Claimed, DeadJob, JobId, NewJob, bucket};

pub(crate) fn insert(tx: &mut Tx<'_>, id: JobId, job: &NewJob) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        "insert into job (owner, id, bucket, kind, version, body, state, due_at, lease, attempts, \
         last_error, created_at) values ($1, $2, $3, $4, $5, $6, 'ready', $7, 0, 0, '', $8)",
        params![
            job.owner,
            id,
            bucket(job.owner),
            job.kind,
            job.version,
            job.body.as_str(),
            job.due_at,
            now
        ],
    )?;
    Ok(())
}

/// Jobs of the owner that may run now, oldest first.
pub(crate) fn list_ready(tx: &mut Tx<'_>, owner: i64, limit: i64) -> Result<Vec<JobId>, Error> {
    let now = tx.now();
    let rows: Vec<(JobId,)> = tx.list(
        "select id from job where owner = $1 and state = 'ready' and due_at <= $2 \
         order by due_at, id limit $3",
        params![owner, now, limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

type ClaimRow = (String, i64, String, i64, Timestamp);

/// Takes one job under a lease and counts the attempt that begins.
pub(crate) fn claim(
    tx: &mut Tx<'_>,
    owner: i64,
    id: JobId,
    lease: i64,
) -> Result<Option<Claimed>, Error> {
    let now = tx.now(); // between listing and claiming it may have failed and been put off
    let row: Option<ClaimRow> = tx.optional(
        "update job set state = 'running', lease = $3, attempts = attempts + 1 \
         where owner = $1 and id = $2 and ((state = 'ready' and due_at <= $4 and lease <= $3) \
         or (state = 'running' and lease < $3)) \
         returning kind, version, body, attempts, created_at",
        params![owner, id, lease, now],
    )?;
    Ok(row.map(|(kind, version, body, attempt, created_at)| Claimed {
        owner,
        id,
        kind,
        version,
        body,
        attempt,
        created_at,
        lease,
    }))
}

pub(crate) fn count_attempt(tx: &mut Tx<'_>, held: &Claimed) -> Result<Option<i64>, Error> {
    let row: Option<(i64,)> = tx.optional(
        "update job set attempts = attempts + 1 \
         where owner = $1 and id = $2 and state = 'running' and lease = $3 returning attempts",
        params![held.owner, held.id, held.lease],
    )?;
    Ok(row.map(|(attempts,)| attempts))
}

pub(crate) fn remove_held(tx: &mut Tx<'_>, held: &Claimed) -> Result<bool, Error> {
    let touched = tx.execute(
        "delete from job where owner = $1 and id = $2 and state = 'running' and lease = $3",
        params![held.owner, held.id, held.lease],
    )?;
    Ok(touched == 1)
}

/// Moves a held job to another state: `ready` again later, `dead` or `parked`.
pub(crate) fn release(
    tx: &mut Tx<'_>,
    held: &Claimed,
    state: &'static str,
    due_at: Timestamp,
    last_error: &str,
) -> Result<bool, Error> {
    let touched = tx.execute(
        "update job set state = $4, due_at = $5, last_error = $6 \
         where owner = $1 and id = $2 and state = 'running' and lease = $3",
        params![held.owner, held.id, held.lease, state, due_at, last_error],
    )?;
    Ok(touched == 1)
}

pub(crate) fn is_pending(tx: &mut Tx<'_>, owner: i64, id: JobId) -> Result<bool, Error> {
    let row: Option<(i64,)> = tx.optional(
        "select id from job where owner = $1 and id = $2 and state in ('ready', 'running')",
        params![owner, id],
    )?;
    Ok(row.is_some())
}

pub(crate) fn list_pending(
    tx: &mut Tx<'_>,
    owner: i64,
    kind: &str,
    limit: i64,
) -> Result<Vec<(JobId, String)>, Error> {
    tx.list(
        "select id, body from job where owner = $1 and kind = $2 \
         and state in ('ready', 'running') order by id desc limit $3",
        params![owner, kind, limit],
    )
}

type DeadRow = (JobId, String, i64, String, Timestamp);

pub(crate) fn list_dead(
    tx: &mut Tx<'_>,
    owner: i64,
    after: JobId,
    limit: i64,
) -> Result<Vec<DeadJob>, Error> {
    let rows: Vec<DeadRow> = tx.list(
        "select id, kind, attempts, last_error, created_at from job \
         where owner = $1 and id > $2 and state in ('dead', 'parked') order by id limit $3",
        params![owner, after, limit],
    )?;
    let dead = |(id, kind, attempts, last_error, created_at)| DeadJob {
        id,
        kind,
        attempts,
        last_error,
        created_at,
    };
    Ok(rows.into_iter().map(dead).collect())
}

pub(crate) fn revive(tx: &mut Tx<'_>, owner: i64, id: JobId) -> Result<bool, Error> {
    let now = tx.now();
    let touched = tx.execute(
        "update job set state = 'ready', due_at = $3, attempts = 0, last_error = '' \
         where owner = $1 and id = $2 and state in ('dead', 'parked')",
        params![owner, id, now],
    )?;
    Ok(touched == 1)
}

/// Owners in a range of buckets with something that fell due after an instant, for the poll.
pub(crate) fn list_due_owners(
    tx: &mut Tx<'_>,
    buckets: (i64, i64),
    since: Timestamp,
    limit: i64,
) -> Result<Vec<i64>, Error> {
    let now = tx.now();
    let rows: Vec<(i64,)> = tx.list(
        "/* fan_out */ select owner from job where state = 'ready' and due_at > $1 \
         and due_at <= $2 and bucket >= $3 and bucket <= $4 group by owner order by owner limit $5",
        params![since, now, buckets.0, buckets.1, limit],
    )?;
    Ok(rows.into_iter().map(|(owner,)| owner).collect())
}

/// The earliest instant at which anything falls due.
pub(crate) fn find_next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, Error> {
    let (next,): (Option<Timestamp>,) =
        tx.one("/* fan_out */ select min(due_at) from job where state = 'ready'", params![])?;
    Ok(next)
}

/// How many jobs fall due up to an instant.
pub(crate) fn count_due(tx: &mut Tx<'_>, until: Timestamp) -> Result<i64, Error> {
    let (count,): (i64,) = tx.one(
        "/* fan_out */ select count(*) from job where state = 'ready' and due_at <= $1",
        params![until],
    )?;
    Ok(count)
}

/// Jobs that a lost node was running in this bucket.
pub(crate) fn list_orphans(
    tx: &mut Tx<'_>,
    bucket: i64,
    lease: i64,
) -> Result<Vec<(i64, JobId)>, Error> {
    tx.list(
        "/* fan_out */ select owner, id from job \
         where bucket = $1 and state = 'running' and lease < $2 limit 1000",
        params![bucket, lease],
    )
}

/// Gives an orphan back to the queue, at its old place before all that came later; its attempt
/// stays counted.
pub(crate) fn free_orphan(tx: &mut Tx<'_>, owner: i64, id: JobId, lease: i64) -> Result<(), Error> {
    tx.execute(
        "update job set state = 'ready' \
         where owner = $1 and id = $2 and state = 'running' and lease < $3",
        params![owner, id, lease],
    )?;
    Ok(())
}

/// Takes a bucket that is free, run out, this node's own from before it was started anew, or (for
/// a node alone on its store) anybody's.
pub(crate) fn take_lease(
    tx: &mut Tx<'_>,
    bucket: i64,
    node: &str,
    times: (i64, i64),
    alone: bool,
) -> Result<Option<i64>, Error> {
    let (real_now, expires_at) = times;
    let row: Option<(i64,)> = tx.optional(
        "insert into job_lease (bucket, node, lease, expires_at_real) values ($1, $2, 1, $3) \
         on conflict (bucket) do update set node = $2, lease = job_lease.lease + 1, \
         expires_at_real = $3 where job_lease.expires_at_real < $4 or job_lease.node = $2 or $5 \
         returning lease",
        params![bucket, node, expires_at, real_now, alone],
    )?;
    Ok(row.map(|(lease,)| lease))
}

/// Extends a lease that this node still has.
pub(crate) fn renew_lease(
    tx: &mut Tx<'_>,
    bucket: i64,
    node: &str,
    lease: i64,
    expires_at: i64,
) -> Result<bool, Error> {
    let touched = tx.execute(
        "update job_lease set expires_at_real = $4 where bucket = $1 and node = $2 and lease = $3",
        params![bucket, node, lease, expires_at],
    )?;
    Ok(touched == 1)
}
