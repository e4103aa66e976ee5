//! The shared engine: a pool of threads with one connection each.

mod connect;
mod failure;
mod migrate;
mod plans;
mod session;
mod values;
mod verify;
mod worker;

pub(crate) use values::{blob, boolean, float, int, is_null, text};
pub(crate) use verify::verify;

use crate::counters::Counters;
use crate::queue::Queue;
use crate::running::Running;
use crate::{Migration, OpenError, Options, Store};
use plans::Plans;
use std::sync::{Arc, Mutex};
use std::thread;

/// Brings the schema up to date and starts the threads.
pub(crate) fn start(
    options: &Options,
    migrations: &'static [Migration],
) -> Result<Running, OpenError> {
    let Store::Postgres { url, partitions, check_plans } = &options.store else {
        return Err(OpenError::Options("PostgreSQL opens addresses"));
    };
    let plans = match (*check_plans, *partitions) {
        (false, _) => None,
        (true, Some(modulus)) => Some(Arc::new(Plans::new(migrations, modulus))),
        (true, None) => return Err(OpenError::Options("plans are checked with partitions only")),
    };
    let config = connect::config(url)
        .map_err(|_| OpenError::Options("the database's address is not a PostgreSQL URL"))?;
    apart(|| migrate::migrate(&config, *partitions, migrations, &options.clock))?;

    let jobs = Arc::new(Queue::new(options.queue));
    let shared = Arc::new(worker::Shared {
        config,
        counters: Counters::default(),
        clock: options.clock.clone(),
        on_wake: Arc::clone(&options.on_wake),
        plans,
    });
    let running = Running {
        writes: Arc::clone(&jobs),
        reads: jobs,
        threads: Mutex::default(),
        afterwards: Box::new(|| ()),
    };
    let mut bodies: Vec<(String, Box<dyn FnOnce() + Send>)> = Vec::new();
    for number in 0..options.threads {
        let (jobs, shared) = (Arc::clone(&running.writes), Arc::clone(&shared));
        let body = move || worker::serve(&jobs, &shared);
        bodies.push((format!("db-{number}"), Box::new(body)));
    }
    running.spawn(bodies)?;
    Ok(running)
}

/// Runs on a thread of its own: the driver blocks on a runtime inside, and a caller may already
/// stand in one.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| match scope.spawn(work).join() {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
