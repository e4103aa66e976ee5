//! A fresh store for a test: a file in a folder of its own, or a clone of a template database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::Store;
use tempfile::TempDir;

use crate::postgresql::{self, Server};

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL, partitioned if `TEAHOUSE_TEST_PARTITIONS` says so.
    Postgres,
}

/// A store of a test's own, with a folder for its files. A clone is the same store.
#[derive(Clone)]
pub struct Database {
    folder: Arc<TempDir>,
    place: Place,
}

#[derive(Clone)]
enum Place {
    File,
    Server { server: Server, name: String },
}

impl Database {
    /// Makes a store with all tables; `None` if the engine is not at hand, and nobody promised
    /// that it is.
    pub fn create(engine: Engine) -> Option<Self> {
        Self::make(engine, Server::find, postgresql::clone_template)
    }

    /// Makes a store without any tables, and never to be partitioned.
    pub fn create_empty(engine: Engine) -> Option<Self> {
        Self::make(engine, || Server::find().map(Server::whole), postgresql::create_empty)
    }

    fn make(
        engine: Engine,
        find: impl FnOnce() -> Option<Server>,
        create: impl FnOnce(&Server) -> String,
    ) -> Option<Self> {
        let place = match engine {
            Engine::Sqlite => Place::File,
            Engine::Postgres => {
                let server = find()?;
                let name = create(&server);
                Place::Server { server, name }
            }
        };
        let folder = TempDir::with_prefix("teahouse-test-").expect("the system has a temp folder");
        Some(Self { folder: Arc::new(folder), place })
    }

    /// A folder that goes with the store.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of the PostgreSQL database, if it is one.
    pub fn url(&self) -> Option<String> {
        match &self.place {
            Place::File => None,
            Place::Server { server, name } => Some(server.url_of(name)),
        }
    }

    /// How `db` opens it.
    pub fn store(&self) -> Store {
        match &self.place {
            Place::File => Store::Sqlite { path: self.file(), durable: false },
            Place::Server { server, name } => server.store(name),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder().join("teahouse.db")
    }

    /// Removes the store, whoever still has it open.
    pub(crate) fn remove(self) {
        if let Place::Server { server, name } = &self.place {
            postgresql::drop_database(server, name);
        }
    }
}
