//! Group commit on SQLite: who fails, fails alone; when the commit fails, nobody is told that his
//! work is kept.

use super::gate::gate;
use super::place::{Kind, Place};
use super::tables::{add_shop, stock};
use db::{Db, Error, Result, Tx, params};
use std::task::Poll;
use std::thread;

type Closure = Box<dyn Fn(&mut Tx<'_>) -> Result<i64> + Send>;

/// Puts closures into one group: they queue while an earlier closure holds the writer.
fn in_one_group<const N: usize>(db: &Db, closures: [Closure; N]) -> Vec<Result<i64>> {
    let (gate, latch) = gate();
    let holder = db.clone();
    let holding = thread::spawn(move || {
        holder.write_blocking(move |_| {
            latch.pass();
            Ok::<_, Error>(())
        })
    });
    gate.wait();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let answers = runtime.block_on(async {
        let mut queued = Vec::new();
        for closure in closures {
            let mut write = Box::pin(db.write(move |tx| closure(tx)));
            let waits = std::future::poll_fn(|context| {
                Poll::Ready(write.as_mut().poll(context).is_pending())
            });
            assert!(waits.await);
            queued.push(write);
        }
        gate.open();
        let mut answers = Vec::new();
        for write in queued {
            answers.push(write.await);
        }
        answers
    });
    holding.join().unwrap().unwrap();
    answers
}

fn shop(id: i64) -> Closure {
    Box::new(move |tx| {
        let sql = "insert into shop (shop_id, name, stock) values ($1, 'shop', 0)";
        tx.execute(sql, params![id]).map(|_| id)
    })
}

/// A row whose foreign key is looked at by the commit only, and names nothing.
fn orphan() -> Closure {
    Box::new(|tx| {
        let number = tx.number("item")?;
        let sql = "insert into later (shop_id, id) values (404, $1)";
        tx.execute(sql, params![number]).map(|_| number)
    })
}

#[test]
fn who_fails_or_panics_disturbs_nobody_in_the_group() {
    Place::with(Kind::Sqlite, |place| {
        let db = place.open();
        add_shop(&db, 3, 0);
        let answers = in_one_group(
            &db,
            [
                shop(1),
                Box::new(|tx| {
                    shop(2)(tx)?;
                    panic!("in the middle")
                }),
                shop(3),
                Box::new(|tx| {
                    shop(4)(tx)?;
                    Err(Error::NoRow)
                }),
                Box::new(|tx| {
                    shop(5)(tx)?;
                    // Refused, and hidden.
                    drop(tx.execute("select broken", &[]));
                    Ok(5)
                }),
                shop(6),
            ],
        );
        let expected = [
            Ok(1),
            Err(Error::Panicked("in the middle".to_owned())),
            Err(Error::UniqueViolation),
            Err(Error::NoRow),
            Err(Error::Aborted),
            Ok(6),
        ];
        assert_eq!(answers, expected);
        let kept: Vec<i64> = (1..=6).filter(|id| stock(&db, *id).is_some()).collect();
        assert_eq!(kept, [1, 3, 6]);
    });
}

#[test]
fn a_closure_sees_what_the_group_wrote_before_it() {
    Place::with(Kind::Sqlite, |place| {
        let db = place.open();
        let take: fn(&mut Tx<'_>) -> Result<i64> = |tx| {
            let sql = "update shop set stock = stock + 1 where shop_id = $1 returning stock";
            tx.one(sql, params![1])
        };
        let answers = in_one_group(&db, [shop(1), Box::new(take), Box::new(take), Box::new(take)]);
        assert_eq!(answers, [Ok(1), Ok(1), Ok(2), Ok(3)]);
    });
}

#[test]
fn a_commit_that_fails_acknowledges_nobody() {
    Place::with(Kind::Sqlite, |place| {
        let db = Db::open_with(place.options(), super::tables::WITH_LATER).unwrap();
        let answers = in_one_group(&db, [shop(1), orphan(), shop(2)]);
        for answer in answers {
            assert!(matches!(answer, Err(Error::Commit(_))), "{answer:?}");
        }
        assert_eq!((stock(&db, 1), stock(&db, 2)), (None, None));
        assert_eq!(shop_alone(&db, 1), Ok(1), "the writer goes on");
    });
}

fn shop_alone(db: &Db, id: i64) -> Result<i64> {
    db.write_blocking(move |tx| shop(id)(tx))
}

#[test]
fn numbers_leased_in_a_failed_group_are_forgotten() {
    Place::with(Kind::Sqlite, |place| {
        let db = Db::open_with(place.options(), super::tables::WITH_LATER).unwrap();
        let answers = in_one_group(&db, [orphan()]);
        assert!(matches!(answers[0], Err(Error::Commit(_))), "{answers:?}");
        // The lease went with the group: what is leased now is on the file, and lasts.
        let kept = db.write_blocking(|tx| tx.number("item")).unwrap();
        db.close();
        let reopened = Db::open_with(place.options(), super::tables::WITH_LATER).unwrap();
        let next = reopened.write_blocking(|tx| tx.number("item")).unwrap();
        assert!(next > kept, "{next} comes after {kept}");
    });
}

#[test]
fn a_thousand_callers_are_answered_each_with_his_own() {
    Place::with(Kind::Sqlite, |place| {
        let db = place.open();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        runtime.block_on(async {
            let write = |id: i64| {
                let db = db.clone();
                tokio::spawn(async move { db.write(move |tx| shop(id)(tx)).await })
            };
            let tasks: Vec<_> = (0..1000).map(write).collect();
            for (id, task) in (0..).zip(tasks) {
                assert_eq!(task.await.unwrap(), Ok(id));
            }
        });
    });
}
