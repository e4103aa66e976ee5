//! Running a test on one engine, from a fresh store to nothing left over.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use tokio::runtime::{Builder, Runtime};

use crate::app::{Setup, TestApp};
use crate::database::{Database, Engine};

/// Threads of a test's runtime: one that serves while the other asks.
const WORKERS: usize = 2;

/// What `tokio::task::spawn_blocking` must never fail to do in a test.
pub const BLOCKING: &str = "a blocking task of the test ends without a panic";

/// Runs `body` with a platform on a fresh store, and fails if jobs are left over.
pub fn run<F>(engine: Engine, setup: Setup, body: impl FnOnce(TestApp) -> F)
where
    F: Future<Output = ()>,
{
    run_bare(engine, |database, runtime| {
        runtime.block_on(async {
            let app = TestApp::start(&database, setup).await;
            body(app.clone()).await;
            app.finish().await;
        });
    });
}

/// Runs `body` with a fresh store alone, for tests that start their own platform.
pub fn run_bare(engine: Engine, body: impl FnOnce(Database, &Runtime)) {
    run_on(Database::create(engine), body);
}

/// Runs `body` with a store that has no tables yet and is never partitioned, for tests that start
/// the binary: it makes its own tables, and knows nothing of partitions.
pub fn run_empty(engine: Engine, body: impl FnOnce(Database, &Runtime)) {
    run_on(Database::create_empty(engine), body);
}

fn run_on(database: Option<Database>, body: impl FnOnce(Database, &Runtime)) {
    let Some(database) = database else { return };
    let runtime = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()
        .expect("the system has threads");
    let keeper = database.clone();
    // The same inline snapshot is met on each engine: it must be the same on both.
    let ended = insta::allow_duplicates! {
        catch_unwind(AssertUnwindSafe(|| body(database, &runtime)))
    };
    runtime.shutdown_background();
    keeper.remove();
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}
