//! Leased numbers: none comes twice, whatever happens to the transaction that took it.

use super::on_each;
use super::tables::TABLES;
use db::{Db, Error};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

on_each! {
    fn numbers_begin_with_one_and_go_on(place) {
        let db = place.open();
        let take = |counter| db.write_blocking(move |tx| tx.number(counter)).unwrap();
        let first: Vec<i64> = (0..3).map(|_| take("visit")).collect();
        assert_eq!((first, take("item")), (vec![1, 2, 3], 1));
        let many = db.write_blocking(|tx| tx.numbers("visit", 2500)).unwrap();
        assert_eq!(many.end - many.start, 2500);
        assert!(many.start > 3);
        let none = db.write_blocking(|tx| tx.numbers("visit", 0)).unwrap();
        assert!(none.is_empty());
    }

    fn a_number_of_a_rolled_back_transaction_is_not_given_again(place) {
        let db = place.open();
        let taken = Arc::new(Mutex::new(Vec::new()));
        for _ in 0..1500 {
            let taken = Arc::clone(&taken);
            let failed = db.write_blocking(move |tx| {
                let number = tx.number("visit")?;
                taken.lock().unwrap().push(number);
                Err::<(), _>(Error::NoRow)
            });
            assert_eq!(failed, Err(Error::NoRow));
        }
        assert_each_once(&taken.lock().unwrap(), 1500);
    }

    fn a_restarted_node_leases_new_numbers(place) {
        let db = place.open();
        let before = db.write_blocking(|tx| tx.number("visit")).unwrap();
        db.close();
        let after = place.open().write_blocking(|tx| tx.number("visit")).unwrap();
        assert!(after > before + 900, "{after} comes after the block of {before}");
    }

    fn a_closure_that_hides_the_want_of_numbers_runs_again(place) {
        let db = place.open();
        let number = db.write_blocking(|tx| Ok::<_, Error>(tx.number("visit").unwrap_or(-1)));
        assert_eq!(number, Ok(1));
        let number = db.write_blocking(|tx| Ok::<_, Error>(tx.number("item").expect("a number")));
        assert_eq!(number, Ok(1));
    }

    fn threads_that_fail_and_panic_never_share_a_number(place) {
        let db = place.open();
        assert_each_once(&attack(&[db]), 32 * 200);
    }
}

/// 32 threads take numbers; every third of their transactions fails, every seventh panics. What
/// the closures saw is collected, kept or not.
fn attack(nodes: &[Db]) -> Vec<i64> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for thread in 0..32 {
            let (db, seen) = (&nodes[thread % nodes.len()], &seen);
            scope.spawn(move || {
                for round in 0..200 {
                    let seen = Arc::clone(seen);
                    let ended = db.write_blocking(move |tx| {
                        let number = tx.number("visit")?;
                        seen.lock().unwrap().push(number);
                        assert!(round % 7 != 0, "every seventh");
                        if round % 3 == 0 { Err(Error::NoRow) } else { Ok(()) }
                    });
                    assert!(!matches!(ended, Err(Error::Busy)));
                }
            });
        }
    });
    Arc::try_unwrap(seen).unwrap().into_inner().unwrap()
}

fn assert_each_once(taken: &[i64], count: usize) {
    let distinct: HashSet<_> = taken.iter().collect();
    assert_eq!((taken.len(), distinct.len()), (count, count));
}

#[test]
fn nodes_of_one_database_never_share_a_number() {
    use super::place::{Kind, Place};
    Place::with(Kind::Postgres, |place| {
        let nodes: Vec<Db> =
            (0..2).map(|_| Db::open_with(place.options(), TABLES).unwrap()).collect();
        assert_each_once(&attack(&nodes), 32 * 200);
    });
}
