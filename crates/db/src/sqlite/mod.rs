//! The embedded engine: one writer thread that commits whole groups, a pool of reading threads,
//! and a thread that folds the log into the file.

mod checkpoint;
mod failure;
mod open;
mod readers;
mod schema;
mod session;
mod upkeep;
mod writer;

pub(crate) use upkeep::{backup, verify};

use crate::counters::Counters;
use crate::queue::Queue;
use crate::running::Running;
use crate::{Migration, OpenError, Options, Store};
use open::Role;
use std::sync::{Arc, Mutex};

/// Signals that may wait for the checkpointer: one says all.
const SIGNALS: usize = 1;

/// Opens the file and starts the threads.
pub(crate) fn start(
    options: &Options,
    migrations: &'static [Migration],
) -> Result<Running, OpenError> {
    let Store::Sqlite { path, durable } = &options.store else {
        return Err(OpenError::Options("SQLite opens files"));
    };
    open::prepare(path)?;
    let durable = *durable;
    let connect = |role| open::connect(path, durable, role);
    let connection = connect(Role::Writer)?;
    schema::migrate(path, &connection, migrations, &options.clock)?;

    let file = path.clone();
    let running = Running {
        writes: Arc::new(Queue::new(options.queue)),
        reads: Arc::new(Queue::new(options.queue)),
        threads: Mutex::default(),
        afterwards: Box::new(move || checkpoint::fold(&file, durable)),
    };
    let signals = Arc::new(Queue::new(SIGNALS));
    let mut bodies: Vec<(String, Box<dyn FnOnce() + Send>)> = Vec::new();
    for number in 0..options.threads {
        let (connection, jobs) = (connect(Role::Reader)?, Arc::clone(&running.reads));
        let clock = options.clock.clone();
        let body = move || readers::serve(&connection, &jobs, &clock);
        bodies.push((format!("db-read-{number}"), Box::new(body)));
    }
    let (log, signal) = (connect(Role::Checkpointer)?, Arc::clone(&signals));
    let body = move || checkpoint::serve(&log, &signal);
    bodies.push(("db-checkpoint".to_owned(), Box::new(body)));
    let writer = writer::Options {
        jobs: Arc::clone(&running.writes),
        signals,
        counters: Counters::default(),
        clock: options.clock.clone(),
        on_wake: Arc::clone(&options.on_wake),
    };
    let body = move || writer::serve(&connection, &writer);
    bodies.push(("db-write".to_owned(), Box::new(body)));
    running.spawn(bodies)?;
    Ok(running)
}
