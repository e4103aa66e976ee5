//! The handle on a database: opening, running closures, the clock, and upkeep.

use crate::call::{Access, Call, Job, Reply};
use crate::migrations::{self, Migration, OWN_TABLES};
use crate::running::Running;
use crate::{
    Clock, ClockMode, ClockState, Engine, Error, OpenError, Options, Store, Timestamp, Tx,
};
use crate::{params, postgresql, sqlite};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use tokio::sync::oneshot;

/// An open database: a cheap handle. It closes when the last one is dropped.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    migrations: &'static [Migration],
    running: Running,
    /// Held by whoever moves the clock, so that database and memory agree on who was last.
    moving: Mutex<()>,
}

impl Db {
    /// Opens the database, brings its schema up to date under a lock, and starts its threads.
    pub fn open(options: Options) -> Result<Db, OpenError> {
        Db::open_with(options, migrations::ALL)
    }

    /// Opens a database with other tables than the platform's, for tests of this crate. The list
    /// begins with the first of [`crate::MIGRATIONS`], the store's own.
    #[doc(hidden)]
    pub fn open_with(options: Options, migrations: &'static [Migration]) -> Result<Db, OpenError> {
        if options.threads == 0 || options.queue == 0 {
            return Err(OpenError::Options("a database needs at least one thread and one place"));
        }
        let running = match &options.store {
            Store::Sqlite { .. } => sqlite::start(&options, migrations)?,
            Store::Postgres { .. } => postgresql::start(&options, migrations)?,
        };
        let Options { store, clock, .. } = options;
        let moving = Mutex::new(());
        let db = Db(Arc::new(Inner { store, clock, migrations, running, moving }));
        db.load_clock()
            .map_err(|error| OpenError::Damaged { path: db.name(), cause: error.to_string() })?;
        Ok(db)
    }

    /// Runs a closure as one transaction, which is kept if it answers `Ok`. The closure may run
    /// several times, and touches nothing but its `tx`.
    pub async fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(Access::Write, f).await
    }

    /// Runs a closure that only reads: on a connection of its own, beside the writes.
    pub async fn read<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(Access::Read, f).await
    }

    /// [`Db::write`] for commands and threads: blocks the caller.
    pub fn write_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask_blocking(Access::Write, f)
    }

    /// [`Db::read`] for commands and threads: blocks the caller.
    pub fn read_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask_blocking(Access::Read, f)
    }

    /// The platform's clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Which engine keeps the data.
    pub fn engine(&self) -> Engine {
        match self.0.store {
            Store::Sqlite { .. } => Engine::Sqlite,
            Store::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Keeps a state of the clock in the database, then moves the clock to it. Blocks.
    pub fn set_clock(&self, state: ClockState) -> Result<(), Error> {
        let _moving = self.0.moving.lock().unwrap_or_else(PoisonError::into_inner);
        self.write_blocking(move |tx| store_clock(tx, state))?;
        self.0.clock.set(state);
        Ok(())
    }

    /// Empties every declared table but those to keep and the store's own, in one transaction,
    /// and begins a new epoch of the clock. Counters go on, so that no number comes twice. Blocks.
    pub fn wipe(&self, keep: &[&str]) -> Result<(), Error> {
        let _moving = self.0.moving.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.0.clock.state();
        let state = ClockState { epoch: state.epoch + 1, ..state };
        // Backwards, because a foreign key points at a table declared before.
        let statements: Vec<String> = migrations::tables(self.0.migrations)
            .rev()
            .filter(|(name, _)| !keep.contains(name) && !OWN_TABLES.contains(name))
            .map(|(name, _)| format!("delete from {name}"))
            .collect();
        self.write_blocking(move |tx| {
            statements.iter().try_for_each(|statement| tx.batch(statement))?;
            store_clock(tx, state)
        })?;
        self.0.clock.set(state);
        Ok(())
    }

    /// Copies a SQLite database into a new file, mode 0600, while it is in use. Blocks.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        match &self.0.store {
            Store::Sqlite { path, .. } => sqlite::backup(path, to),
            Store::Postgres { .. } => {
                Err(Error::Unsupported("back a PostgreSQL database up with pg_dump"))
            }
        }
    }

    /// Copies the file of a SQLite database that any process may be using into a new file, mode
    /// 0600, without opening it as a store: nothing in it is migrated. Blocks.
    pub fn copy_file(from: &Path, to: &Path) -> Result<(), Error> {
        sqlite::backup(from, to)
    }

    /// Checks the structure: pages, indexes, foreign keys, and the schema against the declared
    /// one. Answers a sentence for each fault; none is fine. Blocks.
    pub fn verify(&self) -> Result<Vec<String>, Error> {
        match &self.0.store {
            Store::Sqlite { path, .. } => sqlite::verify(path, self.0.migrations),
            Store::Postgres { url, partitions, .. } => {
                postgresql::verify(url, *partitions, self.0.migrations)
            }
        }
    }

    /// Stops taking work, finishes what is queued, and folds SQLite's log into its file. Blocks.
    pub fn close(&self) {
        self.0.running.stop();
    }

    async fn ask<T, E, F>(&self, access: Access, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work = Box::new(Call::new(closure, Reply::Task(reply)));
        self.0.running.push(Job::new(access, work))?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    fn ask_blocking<T, E, F>(&self, access: Access, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = mpsc::sync_channel(1);
        let work = Box::new(Call::new(closure, Reply::Thread(reply)));
        self.0.running.push(Job::new(access, work))?;
        answer.recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    fn load_clock(&self) -> Result<(), Error> {
        let stored = self.read_blocking(|tx| {
            let sql = "select frozen, millis, epoch from clock where clock_id = 1";
            tx.optional::<(bool, i64, i64)>(sql, params![])
        })?;
        if let Some((frozen, millis, epoch)) = stored {
            let mode = match frozen {
                true => ClockMode::Frozen { at: Timestamp(millis) },
                false => ClockMode::Running { offset_ms: millis },
            };
            self.0.clock.set(ClockState { mode, epoch });
        }
        Ok(())
    }

    /// What an operator calls this database: never its password.
    fn name(&self) -> String {
        match &self.0.store {
            Store::Sqlite { path, .. } => path.display().to_string(),
            Store::Postgres { .. } => "the PostgreSQL database".to_owned(),
        }
    }
}

fn store_clock(tx: &mut Tx<'_>, state: ClockState) -> Result<(), Error> {
    let (frozen, millis) = match state.mode {
        ClockMode::Running { offset_ms } => (false, offset_ms),
        ClockMode::Frozen { at } => (true, at.0),
    };
    let sql = "insert into clock (clock_id, frozen, millis, epoch) values (1, $1, $2, $3) \
         on conflict (clock_id) do update set frozen = $1, millis = $2, epoch = $3";
    tx.execute(sql, params![frozen, millis, state.epoch]).map(drop)
}
