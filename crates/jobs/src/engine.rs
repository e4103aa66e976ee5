//! The engine of one node: looks, claims, runs, retries.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bus::Bus;
use db::{Db, Engine as Store, Error, Timestamp, Tx};
use tokio::sync::{Notify, oneshot, watch};

use crate::lease::Leases;
use crate::poll::Poll;
use crate::queue::{Bounds, Queue};
use crate::{Claimed, JobId, TOPIC_OVER, TOPIC_READY, announce_over, store};

/// Owners found by one poll in a range of buckets. When there are more, the next poll, a second
/// later, looks as far back again: by then these are at work.
const POLL_OWNERS: i64 = 10_000;
/// The first wait after a failed attempt; doubled each time.
const FIRST_BACK_OFF_MILLIS: i64 = 1_000;
/// No wait between two attempts is longer.
const LONGEST_BACK_OFF_MILLIS: i64 = 3_600_000;

/// What a handler says when the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The engine removes the job.
    Remove,
    /// The handler removed it itself, in the transaction that holds the effects.
    Finished,
}

/// Why an attempt failed; the job is tried again later, up to its kind's limit.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

/// A handler at work.
pub type Running = Pin<Box<dyn Future<Output = Result<Done, Failure>> + Send>>;
/// Does the work of one kind.
pub type Handler = Arc<dyn Fn(Claimed) -> Running + Send + Sync>;

/// A kind of job as this node knows it.
#[derive(Clone)]
pub struct Kind {
    /// The name on the row.
    pub name: &'static str,
    /// The versions that the handler reads: its own and the one before.
    pub versions: std::ops::RangeInclusive<i64>,
    /// Attempts before the job is a dead letter.
    pub attempts: i64,
    /// Does the work.
    pub handler: Handler,
}

/// How an engine behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// This node's name: unique in the cluster, and the same when it is started anew.
    pub node: String,
    /// Jobs that one owner may have running at once.
    pub per_owner: usize,
    /// Jobs that may run at once.
    pub total: usize,
    /// The longest time, in real milliseconds, until a job that nobody announced is found.
    pub poll: Duration,
}

/// Runs the jobs of the buckets that this node holds. Cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

struct Shared {
    db: Db,
    kinds: HashMap<&'static str, Kind>,
    settings: Settings,
    leases: Leases,
    /// A claim failed: whose it was must be found anew, however old his jobs are.
    lost_sight: AtomicBool,
    queue: Mutex<Queue>,
    changed: Notify,
    idle: watch::Sender<bool>,
    over: Mutex<HashMap<i64, Vec<oneshot::Sender<()>>>>,
    stopping: watch::Sender<bool>,
}

/// What an owner's turn came to.
#[derive(Default)]
struct Turn {
    claimed: Vec<Claimed>,
    /// There may be more that is due.
    more: bool,
}

impl Engine {
    /// An engine that hears of work at once but runs nothing until `run`.
    pub fn new(db: Db, bus: &Bus, kinds: Vec<Kind>, settings: Settings) -> Self {
        let alone = db.engine() == Store::Sqlite;
        let shared = Arc::new(Shared {
            leases: Leases::new(settings.node.clone(), alone),
            kinds: kinds.into_iter().map(|kind| (kind.name, kind)).collect(),
            db,
            settings,
            lost_sight: AtomicBool::new(false),
            queue: Mutex::default(),
            changed: Notify::new(),
            idle: watch::Sender::new(true),
            over: Mutex::default(),
            stopping: watch::Sender::new(false),
        });
        let ready = Arc::downgrade(&shared);
        bus.listen(TOPIC_READY, move |wake| {
            if let Some(shared) = ready.upgrade() {
                shared.call(wake.key);
            }
        });
        let over = Arc::downgrade(&shared);
        bus.listen(TOPIC_OVER, move |wake| {
            if let Some(shared) = over.upgrade() {
                shared.tell_over(wake.key);
            }
        });
        Self(shared)
    }

    /// Works until `stop`. Call it once, on a task of its own.
    pub async fn run(&self) {
        let mut stopping = self.0.stopping.subscribe();
        let mut poll = Poll::default();
        let mut ticks = tokio::time::interval(self.0.settings.poll);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            self.0.start_turns();
            let look = tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => break,
                () = self.0.changed.notified() => false,
                _ = ticks.tick() => true,
            };
            if look {
                self.look(&mut poll).await;
            }
        }
        self.0.queue().forget_turns();
        self.0.tell_idle();
    }

    async fn look(&self, poll: &mut Poll) {
        if self.0.lost_sight.swap(false, Ordering::AcqRel) {
            *poll = Poll::default();
        }
        if let Err(error) = self.0.look(poll).await {
            tracing::warn!(%error, "could not look for due jobs");
        }
    }

    /// Lets running jobs end (their time-outs bound how long that takes) and starts no more.
    pub async fn stop(&self) {
        self.0.stopping.send_replace(true);
        self.0.queue().forget_turns();
        self.0.tell_idle();
        let mut idle = self.0.idle.subscribe();
        let _ = idle.wait_for(|idle| *idle).await;
        if let Err(error) = self.0.leases.give_up(&self.0.db).await {
            tracing::warn!(%error, "could not give the job leases back");
        }
    }

    /// Runs everything that is due by the platform's clock and waits until nothing runs.
    pub async fn drain(&self) -> Result<(), Error> {
        loop {
            self.0.look(&mut Poll::default()).await?;
            let mut idle = self.0.idle.subscribe();
            let _ = idle.wait_for(|idle| *idle).await;
            let now = self.0.db.clock().now();
            if self.0.db.read(move |tx| store::count_due(tx, now)).await? == 0 {
                return Ok(());
            }
        }
    }

    /// Waits until these jobs are over, at most so long in real time. `false`: some still run.
    pub async fn wait_over(&self, jobs: &[(i64, JobId)], timeout: Duration) -> Result<bool, Error> {
        let ends: Vec<_> = jobs.iter().map(|(_, id)| self.0.expect_over(*id)).collect();
        let wait = async {
            for (&(owner, id), end) in jobs.iter().zip(ends) {
                if self.0.db.read(move |tx| crate::is_pending(tx, owner, id)).await? {
                    let _ = end.await;
                }
            }
            Ok::<_, Error>(())
        };
        match tokio::time::timeout(timeout, wait).await {
            Ok(result) => result.map(|()| true),
            Err(_) => Ok(false),
        }
    }

    /// The earliest instant at which a job falls due.
    pub async fn find_next_due(&self) -> Result<Option<Timestamp>, Error> {
        self.0.db.read(store::find_next_due).await
    }

    /// How many jobs fall due up to an instant.
    pub async fn count_due(&self, until: Timestamp) -> Result<i64, Error> {
        self.0.db.read(move |tx| store::count_due(tx, until)).await
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().expect("no panic under the lock")
    }

    fn call(&self, owner: i64) {
        if self.leases.find(owner).is_some() {
            let mut queue = self.queue();
            queue.call(owner);
            self.idle.send_replace(false); // under the lock, as in `tell_idle`
            drop(queue);
            self.changed.notify_one();
        }
    }

    /// Tends the leases and calls every owner for whom something fell due since the last look.
    async fn look(&self, poll: &mut Poll) -> Result<(), Error> {
        self.leases.tend(&self.db).await?;
        let (now, ranges) = (self.db.clock().now(), self.leases.ranges());
        let since = poll.since(now, &ranges);
        let mut all = true;
        for &range in &ranges {
            let list = move |tx: &mut Tx<'_>| store::list_due_owners(tx, range, since, POLL_OWNERS);
            let owners: Vec<i64> = self.db.read::<_, Error, _>(list).await?;
            all &= i64::try_from(owners.len()) != Ok(POLL_OWNERS);
            for owner in owners {
                self.call(owner);
            }
        }
        if all {
            poll.looked(now, ranges);
        }
        Ok(())
    }

    fn start_turns(self: &Arc<Self>) {
        let bounds = Bounds {
            per_owner: self.settings.per_owner,
            total: self.settings.total,
            turn: self.settings.per_owner.div_ceil(4),
        };
        while let Some((owner, slots)) = { self.queue().take_turn(bounds) } {
            tokio::spawn(self.clone().take_turn(owner, slots));
        }
        self.tell_idle();
    }

    /// One owner's turn: claims up to `slots` jobs and starts them.
    async fn take_turn(self: Arc<Self>, owner: i64, slots: usize) {
        let Turn { claimed, more } = self.claim(owner, slots).await.unwrap_or_else(|error| {
            tracing::warn!(%error, owner, "could not claim jobs");
            self.lost_sight.store(true, Ordering::Release);
            Turn::default()
        });
        let unused = slots - claimed.len();
        if more {
            self.call(owner);
        }
        for job in claimed {
            tokio::spawn(self.clone().work(job));
        }
        if unused > 0 {
            self.give_back(owner, unused);
        }
    }

    async fn claim(&self, owner: i64, slots: usize) -> Result<Turn, Error> {
        let Some(lease) = self.leases.find(owner) else { return Ok(Turn::default()) };
        let limit = i64::try_from(slots).expect("slots are few");
        let ready = self.db.read(move |tx| store::list_ready(tx, owner, limit)).await?;
        if ready.is_empty() {
            return Ok(Turn::default());
        }
        // Not every claim need hold: what was listed may have been put off or taken meanwhile.
        let more = ready.len() == slots;
        let claim = move |tx: &mut Tx<'_>| {
            let claims = ready.iter().map(|&id| store::claim(tx, owner, id, lease));
            claims.collect::<Result<Vec<_>, Error>>()
        };
        let claimed = self.db.write(claim).await?;
        Ok(Turn { claimed: claimed.into_iter().flatten().collect(), more })
    }

    async fn work(self: Arc<Self>, job: Claimed) {
        let outcome = self.clone().attempt(job.clone()).await;
        if let Err(error) = self.settle(job.clone(), outcome).await {
            // The row stays `running` under this lease; the next holder of the bucket frees it.
            tracing::error!(%error, job.kind, job.owner, "could not settle a job");
        }
        self.give_back(job.owner, 1);
    }

    async fn attempt(self: Arc<Self>, job: Claimed) -> Option<Result<Done, Failure>> {
        let kind = self.kinds.get(job.kind.as_str())?;
        if !kind.versions.contains(&job.version) {
            return None;
        }
        let task = tokio::spawn((kind.handler)(job));
        Some(task.await.unwrap_or_else(|_| Err(Failure("the handler panicked".to_owned()))))
    }

    async fn settle(
        &self,
        job: Claimed,
        outcome: Option<Result<Done, Failure>>,
    ) -> Result<(), Error> {
        let attempts = self.kinds.get(job.kind.as_str()).map_or(0, |kind| kind.attempts);
        self.db
            .write(move |tx| match &outcome {
                Some(Ok(Done::Finished)) => Ok(()),
                Some(Ok(Done::Remove)) => crate::finish(tx, &job).map(|_| ()),
                Some(Err(failure)) if job.attempt < attempts => retry(tx, &job, failure),
                Some(Err(failure)) => give_up(tx, &job, "dead", &failure.0),
                None => give_up(tx, &job, "parked", "no handler for this kind and version"),
            })
            .await
    }

    fn give_back(&self, owner: i64, slots: usize) {
        self.queue().give_back(owner, slots);
        self.tell_idle();
        self.changed.notify_one();
    }

    fn tell_idle(&self) {
        let queue = self.queue();
        self.idle.send_replace(queue.is_idle());
    }

    fn expect_over(&self, id: JobId) -> oneshot::Receiver<()> {
        let (tell, end) = oneshot::channel();
        let mut over = self.over.lock().expect("no panic under the lock");
        over.retain(|_, waiting| {
            waiting.retain(|tell| !tell.is_closed());
            !waiting.is_empty()
        });
        over.entry(id.0).or_default().push(tell);
        end
    }

    fn tell_over(&self, id: i64) {
        let waiting = self.over.lock().expect("no panic under the lock").remove(&id);
        for tell in waiting.into_iter().flatten() {
            let _ = tell.send(());
        }
    }
}

fn retry(tx: &mut Tx<'_>, job: &Claimed, failure: &Failure) -> Result<(), Error> {
    let doublings = u32::try_from(job.attempt - 1).unwrap_or(u32::MAX).min(20);
    let wait = (FIRST_BACK_OFF_MILLIS << doublings).min(LONGEST_BACK_OFF_MILLIS);
    let due_at = tx.now().plus_millis(wait);
    store::release(tx, job, "ready", due_at, &failure.0).map(|_| ())
}

fn give_up(tx: &mut Tx<'_>, job: &Claimed, state: &'static str, reason: &str) -> Result<(), Error> {
    let now = tx.now();
    if store::release(tx, job, state, now, reason)? {
        announce_over(tx, job.owner, job.id);
    }
    Ok(())
}
