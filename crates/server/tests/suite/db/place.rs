//! A place for a database of a test's own: a file in a temporary folder, or a database of the
//! server that `TEAHOUSE_TEST_POSTGRES` names.

use super::tables::TABLES;
use ::postgres::{Client, NoTls};
use db::{Clock, Db, Options, Store, Timestamp};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, process};
use tempfile::TempDir;

const URL: &str = "TEAHOUSE_TEST_POSTGRES";
/// Partitions of each table in the partitioned run.
pub(crate) const MODULUS: u32 = 4;
/// What the clock of a fresh database shows.
pub(crate) const NOW: Timestamp = Timestamp(1_700_000_000_000);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
    Partitioned,
}

pub(crate) struct Place {
    pub(crate) kind: Kind,
    folder: TempDir,
    server: Option<Server>,
}

struct Server {
    url: String,
    name: String,
}

impl Place {
    /// Runs a test in a fresh place; skips it if the engine is not at hand.
    pub(crate) fn with(kind: Kind, test: fn(&Place)) {
        if let Some(place) = Place::create(kind) {
            test(&place);
        }
    }

    /// A fresh place, if the engine is at hand.
    pub(crate) fn create(kind: Kind) -> Option<Place> {
        let server = match kind {
            Kind::Sqlite => None,
            Kind::Postgres | Kind::Partitioned => Some(Server::create()?),
        };
        Some(Place { kind, folder: TempDir::new().unwrap(), server })
    }

    /// The file of a SQLite database.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("teahouse.db")
    }

    /// Another file in the same folder.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn store(&self) -> Store {
        match &self.server {
            None => Store::Sqlite { path: self.file(), durable: false },
            Some(server) => Store::Postgres {
                url: server.url.clone(),
                partitions: (self.kind == Kind::Partitioned).then_some(MODULUS),
                check_plans: self.kind == Kind::Partitioned,
            },
        }
    }

    /// The usual options, with a clock that stands still at [`NOW`].
    pub(crate) fn options(&self) -> Options {
        Options { threads: 4, ..Options::new(self.store(), Clock::frozen(NOW)) }
    }

    pub(crate) fn open(&self) -> Db {
        Db::open_with(self.options(), TABLES).unwrap()
    }

    /// A connection of PostgreSQL's own driver to the same database.
    pub(crate) fn client(&self) -> Client {
        Client::connect(&self.server.as_ref().unwrap().url, NoTls).unwrap()
    }
}

impl Server {
    fn create() -> Option<Server> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Some(maintenance) = env::var(URL).ok().filter(|url| !url.is_empty()) else {
            let promised = env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!promised, "{URL} is not set, and in CI nothing is skipped");
            skip();
            return None;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("teahouse_db_{}_{count}", process::id());
        execute(
            &maintenance,
            &format!("create database {name} template template0 encoding 'UTF8'"),
        );
        let (start, _) = maintenance.rsplit_once('/').unwrap();
        Some(Server { url: format!("{start}/{name}"), name })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(maintenance) = env::var(URL) {
            execute(&maintenance, &format!("drop database if exists {} with (force)", self.name));
        }
    }
}

#[expect(clippy::print_stdout, reason = "whoever runs the tests should know what was left out")]
fn skip() {
    println!("skipped: {URL} is not set");
}

fn execute(url: &str, statement: &str) {
    Client::connect(url, NoTls).unwrap().batch_execute(statement).unwrap();
}
