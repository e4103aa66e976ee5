//! The one writer: takes what is queued, runs each closure inside a savepoint, commits once, and
//! then answers all callers.

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

struct Writer<'a> {
    connection: &'a Connection,
    options: &'a Options,
    session: SqliteSession<'a>,
    bounds: Bounds<'a>,
    log: Log<'a>,
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
        let Err(error) = self.run_group(jobs) else {
            self.leased.clear();
            return announce(&*self.options.on_wake, &mut self.wakes);
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
    fn run_group(&mut self, jobs: &mut [Job]) -> Result<(), Error> {
        execute(&mut self.bounds.begin)?;
        for job in jobs {
            job.overruled = self.run(&mut *job.work)?;
        }
        self.commit()
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

    /// Runs one closure inside a savepoint; answers what overrules its own answer. An error is
    /// the group's.
    fn run(&mut self, work: &mut dyn Work) -> Result<Option<Error>, Error> {
        for _ in 0..LEASES {
            execute(&mut self.bounds.savepoint)?;
            let run = self.attempt(work);
            if run == Run::Kept {
                execute(&mut self.bounds.release)?;
                return Ok(None);
            }
            self.undo()?;
            match run {
                Run::Wants(wanted) => self.lease(wanted)?,
                Run::Failed(overruled) => return Ok(overruled),
                Run::Kept => return Ok(None),
            }
        }
        Ok(Some(Error::Busy))
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

    fn undo(&mut self) -> Result<(), Error> {
        // A full disk or a failed read ends the whole transaction by itself.
        if self.connection.is_autocommit() {
            return Err(Error::Commit("a statement ended the whole group".to_owned()));
        }
        execute(&mut self.bounds.undo)?;
        execute(&mut self.bounds.release)
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
mod tests {
    use super::*;
    use crate::call::{Call, Reply};
    use crate::params;
    use std::sync::mpsc;

    /// A writer over a database that may not grow beyond a few pages.
    fn fill_a_small_disk(path: &std::path::Path) -> Vec<(i64, Result<u64, Error>)> {
        let connection = Connection::open(path).unwrap();
        connection
            .execute_batch(
                "pragma journal_mode = wal;
                 create table counter (name text primary key, next_number integer);
                 create table page (id integer primary key, body text) strict;
                 pragma max_page_count = 40",
            )
            .unwrap();
        let options = Options {
            jobs: Arc::new(Queue::new(100)),
            signals: Arc::new(Queue::new(1)),
            counters: Counters::default(),
            clock: Clock::real(),
            on_wake: Arc::new(|_: &[Wake]| ()),
        };
        let mut answers = Vec::new();
        for id in 0..60 {
            let (reply, answer) = mpsc::sync_channel(1);
            let insert = move |tx: &mut Tx<'_>| {
                let sql = "insert into page (id, body) values ($1, $2)";
                tx.execute(sql, params![id, "x".repeat(3000)])
            };
            let work = Box::new(Call::new(insert, Reply::Thread(reply)));
            options.jobs.push(Job::new(Access::Write, work)).unwrap();
            answers.push((id, answer));
        }
        options.jobs.close();
        serve(&connection, &options);
        answers.into_iter().map(|(id, answer)| (id, answer.recv().unwrap())).collect()
    }

    #[test]
    fn on_a_full_disk_exactly_what_was_acknowledged_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.db");
        let answers = fill_a_small_disk(&path);
        let acknowledged: Vec<i64> =
            answers.iter().filter(|(_, answer)| answer.is_ok()).map(|(id, _)| *id).collect();
        let kept: Vec<i64> = Connection::open(&path)
            .unwrap()
            .prepare("select id from page order by id")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(acknowledged, kept);
        assert!(kept.len() < 60, "the disk was full");
    }
}
