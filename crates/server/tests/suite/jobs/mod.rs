//! The job engine over both stores: retry, dead letters, unknown kinds, takeover.

/// Tests of the engine alone, with a fresh store and no platform.
macro_rules! on_both_stores {
    ($(async fn $name:ident($database:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn body($database: testkit::Database) $body

            #[test]
            fn sqlite() {
                testkit::run_bare(testkit::Engine::Sqlite, |database, runtime| {
                    runtime.block_on(body(database));
                });
            }

            #[test]
            fn postgres() {
                testkit::run_bare(testkit::Engine::Postgres, |database, runtime| {
                    runtime.block_on(body(database));
                });
            }
        }
    )+};
}

mod engine;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bus::Bus;
use db::{Clock, ClockMode, ClockState, Db, Error, Options, Timestamp};
use jobs::{DeadJob, Done, Engine, Failure, Handler, JobId, Kind, NewJob, Running, Settings};
use testkit::{BLOCKING, Database};
use tokio::task::{JoinHandle, spawn_blocking};

const START: Timestamp = Timestamp::from_secs(1_767_240_000);
const OWNER: i64 = 7;
/// Attempts of the kind `tea`.
const ATTEMPTS: i64 = 3;

/// A store with an engine that knows the kind `tea`.
struct Bench {
    db: Db,
    engine: Engine,
    /// How often the handler was called.
    calls: Arc<AtomicI64>,
    running: JoinHandle<()>,
}

impl Bench {
    /// The handler fails `failures` times, then succeeds.
    async fn start(database: &Database, node: &str, failures: i64) -> Self {
        let calls = Arc::new(AtomicI64::new(0));
        let counted = calls.clone();
        let handler = move |_| -> Running {
            let call = counted.fetch_add(1, Ordering::SeqCst) + 1;
            let outcome = match call > failures {
                true => Ok(Done::Remove),
                false => Err(Failure(format!("failure {call}"))),
            };
            Box::pin(std::future::ready(outcome))
        };
        Self { calls, ..Self::start_with(database, node, Arc::new(handler)).await }
    }

    async fn start_with(database: &Database, node: &str, handler: Handler) -> Self {
        Self::start_polling(database, node, handler, Duration::from_millis(20)).await
    }

    async fn start_polling(
        database: &Database,
        node: &str,
        handler: Handler,
        poll: Duration,
    ) -> Self {
        let bus = Bus::new();
        let publisher = bus.clone();
        let options = Options {
            threads: 4,
            on_wake: Arc::new(move |wakes| publisher.publish(wakes)),
            ..Options::new(database.store(), Clock::frozen(START))
        };
        let opened = spawn_blocking(|| Db::open(options)).await.expect(BLOCKING);
        let db = opened.expect("the store can be opened");
        let kind = Kind { name: "tea", versions: 1..=1, attempts: ATTEMPTS, handler };
        let settings = Settings { node: node.to_owned(), per_owner: 4, total: 16, poll };
        let engine = Engine::new(db.clone(), &bus, vec![kind], settings);
        let run = engine.clone();
        let running = tokio::spawn(async move { run.run().await });
        Self { db, engine, calls: Arc::default(), running }
    }

    async fn enqueue(&self, kind: &'static str, version: i64) -> JobId {
        let new = NewJob { owner: OWNER, kind, version, body: "{}".to_owned(), due_at: START };
        let queued = self.db.write(move |tx| jobs::enqueue(tx, &new)).await;
        queued.expect("the job is as it should be")
    }

    async fn drain(&self) {
        self.engine.drain().await.expect("jobs run");
    }

    async fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).expect("not so long");
        let at = self.db.clock().now().plus_millis(millis);
        let db = self.db.clone();
        let state = ClockState { mode: ClockMode::Frozen { at }, epoch: db.clock().epoch() };
        spawn_blocking(move || db.set_clock(state)).await.expect(BLOCKING).expect("kept");
        self.drain().await;
    }

    async fn dead(&self) -> Vec<DeadJob> {
        let listed = self.db.read(|tx| jobs::list_dead(tx, OWNER, JobId(0), 10)).await;
        listed.expect("a list")
    }

    async fn is_pending(&self, id: JobId) -> bool {
        self.db.read(move |tx| jobs::is_pending(tx, OWNER, id)).await.expect("an answer")
    }

    async fn run_again(&self, id: JobId) -> bool {
        let again = self.db.write(move |tx| jobs::run_again(tx, OWNER, id)).await;
        again.expect("an answer")
    }

    fn calls(&self) -> i64 {
        self.calls.load(Ordering::SeqCst)
    }

    async fn stop(self) {
        self.engine.stop().await;
        let db = self.db;
        spawn_blocking(move || db.close()).await.expect(BLOCKING);
    }
}

/// A closure that only fails, to roll back what stands before it.
fn fail<T>() -> Result<T, Error> {
    Err(Error::Statement("on purpose".to_owned()))
}
