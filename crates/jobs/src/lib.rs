//! Durable work: a job is a row written in the transaction that causes it.
//!
//! A job is `(kind, version, JSON)` under an owner (an account, a person or another root). Nodes
//! share the buckets of owners by leases; the lease number on a job's row is the fence that keeps
//! a node which lost its bucket from finishing what another has taken over.

mod engine;
mod lease;
mod poll;
mod queue;
mod store;

pub use engine::{Done, Engine, Failure, Handler, Kind, Running, Settings};

use db::{Error, Timestamp, Tx, Wake};

/// Owners are spread over this many buckets; a node leases buckets, not owners.
pub const BUCKETS: i64 = 64;
/// The topic that names an owner with work to do.
pub const TOPIC_READY: &str = "job";
/// The topic that names a job which is over (finished, dead or parked); `about` is its owner.
pub const TOPIC_OVER: &str = "job_over";

db::id! {
    /// A job's number, unique over all owners.
    pub struct JobId;
}

/// A job to be written.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// The shard key: the root that the work is done for.
    pub owner: i64,
    /// The kind's name, as registered with the engine.
    pub kind: &'static str,
    /// The version of `body`: a node reads its own and the one before.
    pub version: i64,
    /// JSON.
    pub body: String,
    /// The instant, by the platform's clock, from which it may run.
    pub due_at: Timestamp,
}

/// A job that this node holds.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The shard key.
    pub owner: i64,
    /// The job's number.
    pub id: JobId,
    /// The kind's name.
    pub kind: String,
    /// The version of `body`.
    pub version: i64,
    /// JSON, as it was written.
    pub body: String,
    /// Which attempt this is, from 1; stored before the work begins.
    pub attempt: i64,
    /// When the job was written.
    pub created_at: Timestamp,
    lease: i64,
}

/// A job that will not be tried again by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// The job's number.
    pub id: JobId,
    /// The kind's name.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last attempt failed.
    pub last_error: String,
    /// When the job was written.
    pub created_at: Timestamp,
}

/// Writes a job and wakes whoever runs the owner's work once the transaction is committed.
pub fn enqueue(tx: &mut Tx<'_>, job: &NewJob) -> Result<JobId, Error> {
    let id = JobId(tx.number("job")?);
    store::insert(tx, id, job)?;
    if job.due_at <= tx.now() {
        tx.wake(Wake { topic: TOPIC_READY, key: job.owner, about: 0, number: 0 });
    }
    Ok(id)
}

/// Removes a finished job in the transaction that holds its effects. `false`: another node has
/// taken it over, and the caller rolls back.
pub fn finish(tx: &mut Tx<'_>, claimed: &Claimed) -> Result<bool, Error> {
    let held = store::remove_held(tx, claimed)?;
    if held {
        announce_over(tx, claimed.owner, claimed.id);
    }
    Ok(held)
}

/// Stores that the next attempt begins. `None`: another node has taken the job over.
pub fn next_attempt(tx: &mut Tx<'_>, claimed: &Claimed) -> Result<Option<Claimed>, Error> {
    let attempt = store::count_attempt(tx, claimed)?;
    Ok(attempt.map(|attempt| Claimed { attempt, ..claimed.clone() }))
}

/// Whether the job is still to be done (waiting or running).
pub fn is_pending(tx: &mut Tx<'_>, owner: i64, id: JobId) -> Result<bool, Error> {
    store::is_pending(tx, owner, id)
}

/// The owner's waiting and running jobs of one kind, newest first: their numbers and bodies.
pub fn list_pending(
    tx: &mut Tx<'_>,
    owner: i64,
    kind: &str,
    limit: i64,
) -> Result<Vec<(JobId, String)>, Error> {
    store::list_pending(tx, owner, kind, limit)
}

/// Dead letters of an owner, oldest first, after the given job.
pub fn list_dead(
    tx: &mut Tx<'_>,
    owner: i64,
    after: JobId,
    limit: i64,
) -> Result<Vec<DeadJob>, Error> {
    store::list_dead(tx, owner, after, limit)
}

/// Lets a dead letter (or a parked job) run again from its first attempt. `false`: no such job.
pub fn run_again(tx: &mut Tx<'_>, owner: i64, id: JobId) -> Result<bool, Error> {
    let revived = store::revive(tx, owner, id)?;
    if revived {
        tx.wake(Wake { topic: TOPIC_READY, key: owner, about: 0, number: 0 });
    }
    Ok(revived)
}

fn announce_over(tx: &mut Tx<'_>, owner: i64, id: JobId) {
    tx.wake(Wake { topic: TOPIC_OVER, key: id.0, about: owner, number: 0 });
}

fn bucket(owner: i64) -> i64 {
    owner.rem_euclid(BUCKETS)
}
