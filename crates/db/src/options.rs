//! How and where a database is opened.

use crate::{Clock, Wake};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Closures that may wait: at the measured rate about half a second of work.
const DEFAULT_QUEUE: usize = 16_384;
/// Connections: enough to keep two to four cores and one disk busy.
const DEFAULT_THREADS: usize = 8;

/// Where the data is.
#[derive(Clone)]
pub enum Store {
    /// One file on this machine.
    Sqlite {
        /// The file; it is created if it does not exist, its folder is not.
        path: PathBuf,
        /// Whether an acknowledged write must survive a power cut.
        durable: bool,
    },
    /// A PostgreSQL server, version 15 or later.
    Postgres {
        /// `postgres://user:password@host:port/database`.
        url: String,
        /// Splits each table by its key into so many partitions, when the tables are made.
        partitions: Option<u32>,
        /// Explains each statement once and refuses those that touch several shards; for tests.
        check_plans: bool,
    },
}

/// Who hears the wakes of a commit.
pub type OnWake = Arc<dyn Fn(&[Wake]) + Send + Sync>;

impl fmt::Debug for Store {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Store::Sqlite { path, durable } => {
                out.debug_struct("Sqlite").field("path", path).field("durable", durable).finish()
            }
            // The address holds a password.
            Store::Postgres { partitions, .. } => {
                out.debug_struct("Postgres").field("partitions", partitions).finish_non_exhaustive()
            }
        }
    }
}

/// How to open a database.
#[derive(Clone)]
pub struct Options {
    /// Where the data is.
    pub store: Store,
    /// How many closures may wait before callers are refused.
    pub queue: usize,
    /// Connections to PostgreSQL, or reading connections of SQLite.
    pub threads: usize,
    /// The platform's clock; a state kept in the database moves it.
    pub clock: Clock,
    /// Told of all wakes of a commit, before its callers are answered. It must not block.
    pub on_wake: OnWake,
}

impl Options {
    /// The usual queue and threads, and nobody who listens to wakes.
    pub fn new(store: Store, clock: Clock) -> Options {
        let on_wake = Arc::new(|_: &[Wake]| ());
        Options { store, queue: DEFAULT_QUEUE, threads: DEFAULT_THREADS, clock, on_wake }
    }
}

/// Which engine keeps the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL, sharded or not.
    Postgres,
}
