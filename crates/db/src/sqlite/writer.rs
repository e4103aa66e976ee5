//! The one writer: takes what is queued, runs the closures, commits once, and then answers all
//! callers.
//!
//! A closure that fails disturbs nobody in its group. Most fail before they write, and then there
//! is nothing to undo; for the rest a group runs again with a savepoint around each closure.

use super::checkpoint::Log;
use super::failure::failure;
use super::session::SqliteSession;
use crate::attempt::{LEASES, Run, announce, attempt};
use crate::call::{Access, Job, Work};
use crate::counters::{Counters, LEASE, Wanted};
use crate::queue::Queue;
use crate::tx::State;
use crate::{Clock, Error, OnWake, Tx, Wake};
use rusqlite::{Connection, Statement, params};
use std::sync::Arc;

/// Closures in one commit: beyond this the wait for the commit is a small part of the whole.
const GROUP: usize = 4096;
/// Groups that run apart after one that had to be taken back: where closures fail after writing
/// again and again, at most one group in this many runs twice.
const APART: u32 = 16;
/// Numbers of each counter that a group finds leased, for each of its closures; who needs more
/// leases them himself.
const NUMBERS_AHEAD: usize = 2;

/// What the writer works with.
pub(super) struct Options {
    pub(super) jobs: Arc<Queue<Job>>,
    /// To the checkpointer.
    pub(super) signals: Arc<Queue<()>>,
    pub(super) counters: Counters,
    pub(super) clock: Clock,
    pub(super) on_wake: OnWake,
}

/// The writer's thread.
pub(super) fn serve(connection: &Connection, options: &Options) {
    let _end = End(options);
    match Writer::new(connection, options) {
        Ok(mut writer) => writer.serve(),
        Err(error) => tracing::error!("the writer cannot start: {error}"),
    }
}

/// However the writer ends, nobody waits for it in vain.
struct End<'a>(&'a Options);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.jobs.abandon();
        self.0.signals.close();
    }
}

/// How the closures of a group are kept from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guard {
    /// By running all of them again, if one fails that has written. A savepoint copies every page
    /// that its closure touches, and costs a message of a person an eighth of its time.
    Together,
    /// By a savepoint around each.
    Apart,
}

/// How a run of closures ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended<T> {
    /// As it should.
    Well(T),
    /// A closure failed that has written, and no savepoint is there to go back to.
    Tangled,
}

struct Writer<'a> {
    connection: &'a Connection,
    options: &'a Options,
    session: SqliteSession<'a>,
    bounds: Bounds<'a>,
    log: Log<'a>,
    /// Groups still to be run apart.
    apart: u32,
    /// The counters leased in the running group.
    leased: Vec<&'static str>,
    wakes: Vec<Wake>,
}

/// The statements that begin and end groups and savepoints.
struct Bounds<'a> {
    begin: Statement<'a>,
    commit: Statement<'a>,
    rollback: Statement<'a>,
    savepoint: Statement<'a>,
    release: Statement<'a>,
    undo: Statement<'a>,
    lease: Statement<'a>,
}

impl<'a> Writer<'a> {
    fn new(connection: &'a Connection, options: &'a Options) -> rusqlite::Result<Writer<'a>> {
        Ok(Writer {
            connection,
            options,
            session: SqliteSession::new(connection, Access::Write),
            bounds: Bounds {
                begin: connection.prepare("begin immediate")?,
                commit: connection.prepare("commit")?,
                rollback: connection.prepare("rollback")?,
                savepoint: connection.prepare("savepoint closure")?,
                release: connection.prepare("release closure")?,
                undo: connection.prepare("rollback to closure")?,
                lease: connection.prepare(LEASE)?,
            },
            log: Log::new(connection)?,
            apart: 0,
            leased: Vec::new(),
            wakes: Vec::new(),
        })
    }

    fn serve(&mut self) {
        let mut jobs = Vec::new();
        let mut expected = 0;
        while self.options.jobs.take_many(GROUP, expected, &mut jobs) {
            expected = jobs.len();
            self.keep_group(&mut jobs);
            jobs.drain(..).for_each(Job::settle);
            self.log.watch(&self.options.signals);
        }
    }

    /// Runs and commits a group, and tells what overrules its closures' answers.
    fn keep_group(&mut self, jobs: &mut [Job]) {
        let guard = if self.apart > 0 { Guard::Apart } else { Guard::Together };
        self.apart = self.apart.saturating_sub(1);
        let error = match self.run_group(jobs, guard) {
            Ok(Ended::Well(())) => {
                self.leased.clear();
                return announce(&*self.options.on_wake, &mut self.wakes);
            }
            Ok(Ended::Tangled) => {
                self.forget_group();
                self.apart = APART;
                return self.keep_group(jobs);
            }
            Err(error) => error,
        };
        self.forget_group();
        if matches!(error, Error::Corrupt(_)) && jobs.len() > 1 {
            // SQLite commits nothing after it met a damaged page. Alone, only those fail that do.
            jobs.chunks_mut(1).for_each(|job| self.keep_group(job));
        } else {
            for job in jobs {
                job.overruled = Some(error.clone());
            }
        }
    }

    /// Runs and commits a group. An error is everybody's: nothing of the group was kept.
    fn run_group(&mut self, jobs: &mut [Job], guard: Guard) -> Result<Ended<()>, Error> {
        execute(&mut self.bounds.begin)?;
        self.lease_ahead(jobs.len())?;
        for job in jobs {
            match self.run(&mut *job.work, guard)? {
                Ended::Well(overruled) => job.overruled = overruled,
                Ended::Tangled => return Ok(Ended::Tangled),
            }
        }
        self.commit().map(Ended::Well)
    }

    fn commit(&mut self) -> Result<(), Error> {
        execute(&mut self.bounds.commit).map_err(|error| match error {
            Error::Corrupt(cause) => Error::Corrupt(cause),
            error => Error::Commit(error.to_string()),
        })
    }

    /// Undoes a group that could not be committed, with the blocks of numbers leased in it.
    fn forget_group(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(error) = execute(&mut self.bounds.rollback)
        {
            tracing::error!("rolling a group back failed: {error}");
        }
        self.options.counters.drop_blocks(&self.leased);
        self.leased.clear();
        self.wakes.clear();
    }

    /// Runs one closure; answers what overrules its own answer. An error is the group's.
    fn run(&mut self, work: &mut dyn Work, guard: Guard) -> Result<Ended<Option<Error>>, Error> {
        for _ in 0..LEASES {
            if guard == Guard::Apart {
                execute(&mut self.bounds.savepoint)?;
            }
            self.session.forget_writes();
            let run = self.attempt(work);
            if run == Run::Kept {
                if guard == Guard::Apart {
                    execute(&mut self.bounds.release)?;
                }
                return Ok(Ended::Well(None));
            }
            self.check_group()?;
            match guard {
                Guard::Apart => self.undo()?,
                Guard::Together if self.session.has_written() => return Ok(Ended::Tangled),
                Guard::Together => {}
            }
            match run {
                Run::Wants(wanted) => self.lease(wanted)?,
                Run::Failed(overruled) => return Ok(Ended::Well(overruled)),
                Run::Kept => return Ok(Ended::Well(None)),
            }
        }
        Ok(Ended::Well(Some(Error::Busy)))
    }

    fn attempt(&mut self, work: &mut dyn Work) -> Run {
        let mut tx = Tx {
            session: &mut self.session,
            counters: &self.options.counters,
            wakes: &mut self.wakes,
            access: Access::Write,
            now: self.options.clock.now(),
            state: State::Open,
        };
        attempt(work, &mut tx)
    }

    /// A full disk or a failed read ends the whole transaction by itself.
    fn check_group(&self) -> Result<(), Error> {
        if self.connection.is_autocommit() {
            return Err(Error::Commit("a statement ended the whole group".to_owned()));
        }
        Ok(())
    }

    fn undo(&mut self) -> Result<(), Error> {
        execute(&mut self.bounds.undo)?;
        execute(&mut self.bounds.release)
    }

    /// Leases what the closures of a group are likely to need: one that has to ask for numbers
    /// after it has written would take the whole group back.
    fn lease_ahead(&mut self, closures: usize) -> Result<(), Error> {
        let count = u32::try_from(closures * NUMBERS_AHEAD).unwrap_or(u32::MAX);
        for counter in self.options.counters.list_short_of(count) {
            self.lease(Wanted { counter, count })?;
        }
        Ok(())
    }

    /// Leases a block in the group's transaction, outside the savepoint of whoever wants it.
    fn lease(&mut self, wanted: Wanted) -> Result<(), Error> {
        self.leased.push(wanted.counter);
        let row = params![wanted.counter, wanted.block()];
        let next = self.bounds.lease.query_row(row, |row| row.get(0));
        self.options.counters.add(wanted, next.map_err(|error| failure(&error))?);
        Ok(())
    }
}

fn execute(statement: &mut Statement<'_>) -> Result<(), Error> {
    statement.raw_execute().map(drop).map_err(|error| failure(&error))
}

#[cfg(test)]
mod tests;
