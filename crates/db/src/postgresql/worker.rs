//! A thread with one connection: one closure, one transaction, run again when it lost a conflict.

use super::connect::connect;
use super::failure::{Trouble, words};
use super::plans::Plans;
use super::session::PgSession;
use crate::attempt::{LEASES, Run, announce, attempt};
use crate::call::{Access, Job};
use crate::chance;
use crate::counters::{Counters, LEASE, Wanted};
use crate::queue::Queue;
use crate::tx::State;
use crate::{Clock, Error, OnWake, Tx, Wake};
use postgres::Config;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How often a transaction is tried before its caller hears that the database is busy.
const TRIES: u32 = 5;
/// The longest wait before the second try; each later one may be twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(4);

/// What the threads have in common.
pub(super) struct Shared {
    pub(super) config: Config,
    pub(super) counters: Counters,
    pub(super) clock: Clock,
    pub(super) on_wake: OnWake,
    pub(super) plans: Option<Arc<Plans>>,
}

/// A thread of the pool.
pub(super) fn serve(jobs: &Queue<Job>, shared: &Shared) {
    let mut worker = Worker { shared, session: None, wakes: Vec::new() };
    while let Some(mut job) = jobs.take() {
        job.overruled = worker.run(&mut job).err().flatten();
        announce(&*shared.on_wake, &mut worker.wakes);
        job.settle();
    }
}

struct Worker<'a> {
    shared: &'a Shared,
    session: Option<PgSession>,
    wakes: Vec<Wake>,
}

/// How a try ended, if its transaction was not kept.
enum Lost {
    /// Its caller is answered: with the error, or with what the closure said.
    Over(Option<Error>),
    /// It may be tried again; the error is for when it was the last time.
    Again(Error),
    /// It waits for numbers.
    Wants(Wanted),
}

impl Worker<'_> {
    /// Runs a job until its transaction is kept. The error overrules what the closure said, if
    /// there is one.
    fn run(&mut self, job: &mut Job) -> Result<(), Option<Error>> {
        let (mut tries, mut leases) = (0, 0);
        loop {
            let lost = match self.attempt(job) {
                Ok(()) => return Ok(()),
                Err(lost) => lost,
            };
            self.wakes.clear();
            self.roll_back();
            match lost {
                Lost::Over(overruled) => return Err(overruled),
                Lost::Again(error) if tries + 1 == TRIES => return Err(Some(error)),
                Lost::Again(_) => {
                    pause(tries);
                    tries += 1;
                }
                Lost::Wants(_) if leases == LEASES => return Err(Some(Error::Busy)),
                Lost::Wants(wanted) => {
                    leases += 1;
                    self.lease(wanted).map_err(Some)?;
                }
            }
        }
    }

    fn attempt(&mut self, job: &mut Job) -> Result<(), Lost> {
        let session = match &mut self.session {
            Some(session) => session,
            none => none.insert(open(self.shared).map_err(Lost::Again)?),
        };
        session.start(job.access);
        let mut tx = Tx {
            session,
            counters: &self.shared.counters,
            wakes: &mut self.wakes,
            access: job.access,
            now: self.shared.clock.now(),
            state: State::Open,
        };
        let run = attempt(&mut *job.work, &mut tx);
        match (session.trouble(), run) {
            (Some(Trouble::Conflict), _) => Err(Lost::Again(Error::Busy)),
            (Some(Trouble::StalePlan), _) => {
                session.forget_statements();
                Err(Lost::Again(Error::Busy))
            }
            (Some(Trouble::Lost), _) => {
                self.session = None;
                Err(Lost::Again(Error::Unreachable("the connection was lost".to_owned())))
            }
            (None, Run::Wants(wanted)) => Err(Lost::Wants(wanted)),
            (None, Run::Failed(overruled)) => Err(Lost::Over(overruled)),
            (None, Run::Kept) => self.commit(job.access),
        }
    }

    fn commit(&mut self, access: Access) -> Result<(), Lost> {
        if access == Access::Read {
            // What a read says is work for nobody.
            self.wakes.clear();
        }
        let Some(session) = &mut self.session else { return Ok(()) };
        let Err(error) = session.commit() else { return Ok(()) };
        match session.trouble() {
            Some(Trouble::Conflict) => Err(Lost::Again(Error::Busy)),
            Some(_) => {
                self.session = None;
                let unknown = "the connection was lost, and it may have been kept".to_owned();
                Err(Lost::Over(Some(Error::Commit(unknown))))
            }
            None => Err(Lost::Over(Some(Error::Commit(error.to_string())))),
        }
    }

    /// A connection that cannot roll back is of no more use.
    fn roll_back(&mut self) {
        if self.session.as_mut().is_some_and(|session| session.roll_back().is_err()) {
            self.session = None;
        }
    }

    fn lease(&mut self, wanted: Wanted) -> Result<(), Error> {
        let Some(session) = &mut self.session else { return Ok(()) };
        session.start(Access::Write);
        match session.lease(LEASE, wanted.counter, wanted.block()) {
            Ok(next) => {
                self.shared.counters.add(wanted, next);
                Ok(())
            }
            // The closure runs again on a new connection, and asks again.
            Err(_) if session.trouble().is_some() => {
                self.session = None;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

fn open(shared: &Shared) -> Result<PgSession, Error> {
    let client = connect(&shared.config);
    let client = client.map_err(|error| Error::Unreachable(words(&error)))?;
    Ok(PgSession::new(client, shared.plans.clone()))
}

/// Waits by chance, so that those who met once do not meet again.
fn pause(tries: u32) {
    let share = f64::from(u32::from_le_bytes(chance::bytes())) / f64::from(u32::MAX);
    thread::park_timeout(FIRST_WAIT.mul_f64(share * f64::from(1_u32 << tries)));
}
