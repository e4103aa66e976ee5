//! The reading threads: each closure sees one state of the database, beside the writes.

use super::failure::failure;
use super::session::SqliteSession;
use crate::attempt::{Run, attempt};
use crate::call::{Access, Job};
use crate::counters::Counters;
use crate::queue::Queue;
use crate::tx::State;
use crate::{Clock, Error, Tx};
use rusqlite::{Connection, Statement};

/// A reading thread.
pub(super) fn serve(connection: &Connection, jobs: &Queue<Job>, clock: &Clock) {
    let (begin, end) = (connection.prepare("begin"), connection.prepare("rollback"));
    let (Ok(mut begin), Ok(mut end)) = (begin, end) else { return jobs.abandon() };
    let mut session = SqliteSession::new(connection, Access::Read);
    while let Some(mut job) = jobs.take() {
        job.overruled = match started(&mut begin) {
            Err(error) => Some(error),
            Ok(()) => run(&mut session, &mut job, clock),
        };
        // The next closure must see a newer state; a connection that cannot end this one is lost.
        let ended = connection.is_autocommit() || end.raw_execute().is_ok();
        job.settle();
        if !ended {
            return jobs.abandon();
        }
    }
}

fn started(begin: &mut Statement<'_>) -> Result<(), Error> {
    begin.raw_execute().map(drop).map_err(|error| failure(&error))
}

fn run(session: &mut SqliteSession<'_>, job: &mut Job, clock: &Clock) -> Option<Error> {
    let mut tx = Tx {
        session,
        counters: &Counters::default(),
        wakes: &mut Vec::new(),
        access: Access::Read,
        now: clock.now(),
        state: State::Open,
    };
    match attempt(&mut *job.work, &mut tx) {
        Run::Kept => None,
        Run::Failed(overruled) => overruled,
        // A read is refused numbers before it can want them.
        Run::Wants(_) => Some(Error::ReadOnly),
    }
}
