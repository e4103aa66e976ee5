//! What the engine does with a job.

use std::sync::Arc;
use std::time::Duration;

use db::{Wake, params};
use jobs::{Claimed, Done, NewJob, Running};

use tokio::sync::Notify;

use super::{ATTEMPTS, Bench, OWNER, START, fail};

on_both_stores! {
    async fn a_failed_job_waits_longer_each_time_and_then_succeeds(database) {
        let bench = Bench::start(&database, "one", 2).await;
        let id = bench.enqueue("tea", 1).await;
        bench.drain().await;
        assert_eq!(bench.calls(), 1);
        bench.advance(Duration::from_millis(999)).await;
        assert_eq!(bench.calls(), 1, "the first wait is a second");
        bench.advance(Duration::from_millis(1)).await;
        assert_eq!(bench.calls(), 2);
        bench.advance(Duration::from_millis(1_999)).await;
        assert_eq!(bench.calls(), 2, "the second is two");
        bench.advance(Duration::from_millis(1)).await;
        assert_eq!(bench.calls(), 3);
        assert!(!bench.is_pending(id).await);
        bench.stop().await;
    }

    async fn a_job_that_keeps_failing_is_a_dead_letter_that_runs_again_when_told(database) {
        let bench = Bench::start(&database, "one", ATTEMPTS).await;
        let id = bench.enqueue("tea", 1).await;
        for _ in 0..10 {
            bench.advance(Duration::from_secs(60)).await;
        }
        assert_eq!(bench.calls(), ATTEMPTS);
        let dead = bench.dead().await;
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].id, dead[0].attempts), (id, ATTEMPTS));
        assert_eq!(dead[0].last_error, "failure 3");
        assert!(bench.run_again(id).await);
        assert!(!bench.run_again(id).await, "it is no dead letter any more");
        bench.drain().await;
        assert_eq!(bench.calls(), ATTEMPTS + 1);
        assert_eq!(bench.dead().await, []);
        assert!(!bench.is_pending(id).await);
        bench.stop().await;
    }

    async fn an_unknown_kind_or_version_is_parked(database) {
        let bench = Bench::start(&database, "one", 0).await;
        let unknown = bench.enqueue("coffee", 1).await;
        let newer = bench.enqueue("tea", 2).await;
        bench.drain().await;
        let parked: Vec<_> = bench.dead().await.into_iter().map(|job| job.id).collect();
        assert_eq!(parked, [unknown, newer]);
        assert_eq!(bench.calls(), 0);
        bench.stop().await;
    }

    async fn a_panicking_handler_fails_its_job_only(database) {
        let work = |job: Claimed| -> Running {
            Box::pin(async move {
                assert!(job.attempt > 1, "the first attempt panics");
                Ok(Done::Remove)
            })
        };
        let bench = Bench::start_with(&database, "one", Arc::new(work)).await;
        let id = bench.enqueue("tea", 1).await;
        bench.drain().await;
        assert!(bench.is_pending(id).await);
        bench.advance(Duration::from_secs(1)).await;
        assert!(!bench.is_pending(id).await);
        bench.stop().await;
    }

    async fn a_job_whose_cause_rolls_back_does_not_exist(database) {
        let bench = Bench::start(&database, "one", 0).await;
        let rolled_back = bench.db.write(|tx| {
            let body = "{}".to_owned();
            let new = NewJob { owner: OWNER, kind: "tea", version: 1, body, due_at: START };
            jobs::enqueue(tx, &new)?;
            fail::<()>()
        });
        rolled_back.await.expect_err("it fails on purpose");
        bench.drain().await;
        assert_eq!(bench.calls(), 0);
        bench.stop().await;
    }

    async fn a_lost_wake_loses_no_job(database) {
        let bench = Bench::start(&database, "one", 0).await;
        // Waking somebody else only, as if the word had been lost on the way.
        let later = NewJob {
            owner: OWNER,
            kind: "tea",
            version: 1,
            body: "{}".to_owned(),
            due_at: START.plus_millis(1),
        };
        let queued = bench.db.write(move |tx| {
            let id = jobs::enqueue(tx, &later)?;
            tx.wake(Wake { topic: jobs::TOPIC_READY, key: OWNER + 1, about: 0, number: 0 });
            Ok::<_, db::Error>(id)
        });
        let id = queued.await.expect("queued");
        bench.advance(Duration::from_millis(1)).await;
        assert_eq!(bench.calls(), 1);
        assert!(!bench.is_pending(id).await);
        bench.stop().await;
    }

    async fn a_job_whose_claim_failed_is_found_again_however_old_it_is(database) {
        let succeed = |_| -> Running { Box::pin(std::future::ready(Ok(Done::Remove))) };
        // Polls that look at everything are farther apart than this test waits.
        let poll = Duration::from_millis(200);
        let bench = Bench::start_polling(&database, "one", Arc::new(succeed), poll).await;
        let due_at = START.plus_secs(-60);
        let body = "{}".to_owned();
        let old = NewJob { owner: OWNER, kind: "tea", version: 1, body, due_at };
        let count = "update job set attempts = $3 where owner = $1 and id = $2";
        let queued = bench.db.write(move |tx| {
            let id = jobs::enqueue(tx, &old)?;
            tx.execute(count, params![OWNER, id, i64::MAX])?; // no number comes after it
            Ok::<_, db::Error>(id)
        });
        let id = queued.await.expect("queued");
        let waited = bench.engine.wait_over(&[(OWNER, id)], Duration::from_millis(500)).await;
        assert_eq!(waited.ok(), Some(false), "it cannot be claimed");
        let mended = bench.db.write(move |tx| tx.execute(count, params![OWNER, id, 0])).await;
        assert_eq!(mended.ok(), Some(1));
        let waited = bench.engine.wait_over(&[(OWNER, id)], Duration::from_secs(5)).await;
        assert_eq!(waited.ok(), Some(true));
        bench.stop().await;
    }

    async fn the_next_holder_frees_what_a_lost_node_was_running(database) {
        let started = Arc::new(Notify::new());
        let tell = started.clone();
        let hang = move |_| -> Running {
            tell.notify_one();
            Box::pin(std::future::pending())
        };
        let lost = Bench::start_with(&database, "one", Arc::new(hang)).await;
        let id = lost.enqueue("tea", 1).await;
        started.notified().await;
        lost.running.abort(); // it tends its leases no more
        // Its lease runs out in real time, for which no test waits.
        let run_out = lost.db.write(|tx| {
            for bucket in 0..jobs::BUCKETS {
                tx.execute(
                    "update job_lease set expires_at_real = 0 where bucket = $1",
                    params![bucket],
                )?;
            }
            Ok::<_, db::Error>(())
        });
        run_out.await.expect("written");
        let next = Bench::start(&database, "two", 0).await;
        next.drain().await;
        assert_eq!(next.calls(), 1);
        assert!(!next.is_pending(id).await);
        next.stop().await;
    }
}
