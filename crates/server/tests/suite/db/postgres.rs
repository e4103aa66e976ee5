//! What only PostgreSQL has: transactions side by side, and a connection that can be lost.

use super::place::{Kind, Place};
use super::tables::{TABLES, add_shop, stock};
use db::{Db, Error, Options, params};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

const TAKE: &str = "update shop set stock = stock - 1 where shop_id = $1 and stock > 0";

#[test]
fn a_deadlock_is_tried_again() {
    Place::with(Kind::Postgres, |place| {
        let db = place.open();
        add_shop(&db, 1, 10);
        add_shop(&db, 2, 10);
        let both_hold = Arc::new(Barrier::new(2));
        let runs = Arc::new(AtomicUsize::new(0));
        let take = |first: i64, second: i64| {
            let (db, both_hold, runs) = (db.clone(), Arc::clone(&both_hold), Arc::clone(&runs));
            thread::spawn(move || {
                db.write_blocking(move |tx| {
                    tx.execute(TAKE, params![first])?;
                    if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                        both_hold.wait();
                    }
                    tx.execute(TAKE, params![second])
                })
            })
        };
        let threads = [take(1, 2), take(2, 1)];
        for thread in threads {
            assert_eq!(thread.join().unwrap(), Ok(1));
        }
        assert_eq!((stock(&db, 1), stock(&db, 2)), (Some(8), Some(8)));
        assert!(runs.load(Ordering::SeqCst) > 2, "one of them ran again");
    });
}

#[test]
fn who_loses_five_times_hears_that_the_database_is_busy() {
    Place::with(Kind::Postgres, |place| {
        let db = place.open();
        place
            .client()
            .batch_execute(
                "create function lose() returns bigint language plpgsql as \
                 $$ begin raise exception 'lost' using errcode = '40001'; end $$",
            )
            .unwrap();
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&runs);
        let busy = db.write_blocking(move |tx| {
            counted.fetch_add(1, Ordering::SeqCst);
            // Even a closure that hides it is run again.
            Ok::<_, Error>(tx.one::<i64>("select lose()", &[]).unwrap_or_default())
        });
        assert_eq!(busy, Err(Error::Busy));
        assert_eq!(runs.load(Ordering::SeqCst), 5);
    });
}

#[test]
fn a_lost_connection_is_made_anew() {
    Place::with(Kind::Postgres, |place| {
        let db = Db::open_with(Options { threads: 1, ..place.options() }, TABLES).unwrap();
        add_shop(&db, 1, 5);
        let kill = "select pg_terminate_backend(pid) from pg_stat_activity \
             where datname = current_database() and pid <> pg_backend_pid()";
        place.client().batch_execute(kill).unwrap();
        assert_eq!(stock(&db, 1), Some(5));
        place.client().batch_execute(kill).unwrap();
        assert_eq!(db.write_blocking(|tx| tx.execute(TAKE, params![1])), Ok(1));
        place.client().batch_execute(kill).unwrap();
        assert_eq!(db.write_blocking(|tx| tx.number("visit")), Ok(1));
        assert_eq!(stock(&db, 1), Some(4));
    });
}

#[test]
fn a_connection_lost_in_the_middle_leaves_nothing_and_is_tried_again() {
    Place::with(Kind::Postgres, |place| {
        let db = place.open();
        add_shop(&db, 1, 5);
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&runs);
        let taken = db.write_blocking(move |tx| {
            let taken = tx.execute(TAKE, params![1])?;
            if counted.fetch_add(1, Ordering::SeqCst) == 0 {
                tx.list::<bool>("select pg_terminate_backend(pg_backend_pid())", &[])?;
            }
            Ok::<_, Error>(taken)
        });
        assert_eq!((taken, runs.load(Ordering::SeqCst)), (Ok(1), 2));
        assert_eq!(stock(&db, 1), Some(4));
    });
}

#[test]
fn a_plan_made_stale_by_a_migration_is_prepared_anew() {
    Place::with(Kind::Postgres, |place| {
        let db = Db::open_with(Options { threads: 1, ..place.options() }, TABLES).unwrap();
        add_shop(&db, 1, 5);
        assert_eq!(stock(&db, 1), Some(5));
        place.client().batch_execute("alter table shop alter column stock type integer").unwrap();
        assert_eq!(stock(&db, 1), Some(5));
        assert_eq!(db.write_blocking(|tx| tx.execute(TAKE, params![1])), Ok(1));
    });
}

#[test]
fn a_locked_row_is_read_by_one_at_a_time() {
    Place::with(Kind::Postgres, |place| {
        let db = Db::open_with(Options { threads: 8, ..place.options() }, TABLES).unwrap();
        add_shop(&db, 1, 0);
        thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    db.write_blocking(|tx| {
                        let read = "select stock from shop where shop_id = $1";
                        let stock: i64 = tx.lock(read, params![1])?.ok_or(Error::NoRow)?;
                        let sql = "update shop set stock = $2 where shop_id = $1";
                        tx.execute(sql, params![1, stock + 1])
                    })
                    .unwrap();
                });
            }
        });
        assert_eq!(stock(&db, 1), Some(32));
    });
}

#[test]
fn threads_that_attack_a_limit_do_not_pass_it() {
    Place::with(Kind::Postgres, |place| {
        let options = Options { threads: 16, ..place.options() };
        let db = Db::open_with(options, TABLES).unwrap();
        add_shop(&db, 1, 50);
        let taken = AtomicU64::new(0);
        thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let took = db.write_blocking(|tx| tx.execute(TAKE, params![1])).unwrap();
                        taken.fetch_add(took, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!((taken.load(Ordering::SeqCst), stock(&db, 1)), (50, Some(0)));
    });
}

#[test]
fn one_who_waits_too_long_for_a_row_hears_that_the_database_is_busy() {
    Place::with(Kind::Postgres, |place| {
        let db = place.open();
        add_shop(&db, 1, 5);
        let busy = db.write_blocking(|tx| {
            tx.execute(TAKE, params![1])?;
            tx.list::<String>("select set_config('statement_timeout', '20', true)", &[])?;
            tx.list::<i64>("select 1 from pg_sleep(5)", &[])
        });
        assert_eq!(busy, Err(Error::Busy));
        assert_eq!(stock(&db, 1), Some(5));
    });
}
