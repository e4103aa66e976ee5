//! The log and the file. Committed pages stand in the log until a checkpoint copies them into the
//! file. That is done beside the writer, on a connection of its own; only when the log has grown
//! to its limit all the same does the writer stop for the rest.

use super::open::{self, Role};
use crate::queue::Queue;
use rusqlite::{Connection, Statement};
use std::path::Path;

/// Pages in the log that are worth a checkpoint: 16 MiB of the usual page size.
const WORTH_FOLDING: i64 = 4096;
/// Pages after which the log must start anew: 256 MiB.
const LIMIT: i64 = 65_536;

/// The checkpointer's thread.
pub(super) fn serve(connection: &Connection, signals: &Queue<()>) {
    while signals.take().is_some() {
        let folded = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
        if let Err(error) = folded {
            tracing::error!("folding the log into the database failed: {error}");
        }
    }
}

/// Folds the whole log into the file, after all other connections are closed. The last one to
/// close would do it too, but that may be a reader, which cannot.
pub(super) fn fold(path: &Path, durable: bool) {
    let folded = open::connect(path, durable, Role::Checkpointer)
        .map(|connection| connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())));
    // What is not folded stays in the log, and is found there when the file is opened again.
    match folded {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!("folding the log into the database failed: {error}"),
        Err(error) => tracing::warn!("folding the log into the database failed: {error}"),
    }
}

/// The writer's eye on the log.
pub(super) struct Log<'c> {
    measure: Statement<'c>,
    restart: Statement<'c>,
}

impl<'c> Log<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Log<'c>, rusqlite::Error> {
        Ok(Log {
            measure: connection.prepare("pragma wal_checkpoint(noop)")?,
            restart: connection.prepare("pragma wal_checkpoint(restart)")?,
        })
    }

    /// After a commit: has the log folded when that is worth it, and keeps it below its limit.
    pub(super) fn watch(&mut self, signals: &Queue<()>) {
        let measured = self.measure.query_row([], |row| Ok((row.get(1)?, row.get(2)?)));
        let (pages, folded): (i64, i64) = measured.unwrap_or_default();
        if pages - folded >= WORTH_FOLDING {
            // A signal that is still waiting says the same.
            drop(signals.push(()));
        }
        // A reader of long ago keeps its pages in the log: the next group tries again.
        if pages >= LIMIT
            && let Err(error) = self.restart.query_row([], |_| Ok(()))
        {
            tracing::warn!("starting the log anew failed: {error}");
        }
    }
}
