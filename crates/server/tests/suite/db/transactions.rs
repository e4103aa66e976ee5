//! What a closure may count on: all or nothing, its instant, chance, and wakes.

use super::gate::gate;
use super::on_each;
use super::place::NOW;
use super::tables::{TABLES, add_shop, stock, try_shop};
use db::{Db, Error, Options, Result, Wake, params};
use std::sync::{Arc, Mutex, mpsc};

const TAKE: &str = "update shop set stock = stock - $2 where shop_id = $1";

/// An error of a room.
#[derive(Debug, PartialEq, Eq)]
enum Sale {
    Closed,
    Store(Error),
}

impl From<Error> for Sale {
    fn from(error: Error) -> Sale {
        Sale::Store(error)
    }
}

fn wake(key: i64) -> Wake {
    Wake { topic: "test", key, about: 0, number: 0 }
}

/// Opens a database that remembers its wakes, one list for each call.
fn open_listening(options: Options) -> (Db, Arc<Mutex<Vec<Vec<Wake>>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let on_wake = Arc::new(move |wakes: &[Wake]| ear.lock().unwrap().push(wakes.to_vec()));
    (Db::open_with(Options { on_wake, ..options }, TABLES).unwrap(), heard)
}

on_each! {
    fn what_fails_leaves_nothing(place) {
        let db = place.open();
        add_shop(&db, 1, 10);
        let failed: std::result::Result<(), Sale> = db.write_blocking(|tx| {
            tx.execute(TAKE, params![1, 3])?;
            Err(Sale::Closed)
        });
        assert_eq!(failed, Err(Sale::Closed));
        assert_eq!(stock(&db, 1), Some(10));
    }

    fn a_panic_is_the_error_of_its_caller(place) {
        let db = place.open();
        add_shop(&db, 1, 10);
        let failed: Result<()> = db.write_blocking(|tx| {
            tx.execute(TAKE, params![1, 3])?;
            panic!("out of tea")
        });
        assert_eq!(failed, Err(Error::Panicked("out of tea".to_owned())));
        assert_eq!(stock(&db, 1), Some(10));
        let failed: Result<()> = db.read_blocking(|_| panic!("{}", "out of tea"));
        assert_eq!(failed, Err(Error::Panicked("out of tea".to_owned())));
        assert_eq!(stock(&db, 1), Some(10));
    }

    fn a_transaction_has_one_instant(place) {
        let db = place.open();
        assert_eq!(db.write_blocking(|tx| Ok::<_, Error>(tx.now())), Ok(NOW));
        assert_eq!(db.read_blocking(|tx| Ok::<_, Error>(tx.now())), Ok(NOW));
    }

    fn chance_does_not_repeat(place) {
        let db = place.open();
        let draw = |tx: &mut db::Tx<'_>| Ok::<[u8; 16], Error>(tx.random());
        assert_ne!(db.write_blocking(draw), db.write_blocking(draw));
    }

    fn wakes_are_heard_after_the_commit_only(place) {
        let (db, heard) = open_listening(place.options());
        let failed: std::result::Result<(), Sale> = db.write_blocking(|tx| {
            tx.wake(wake(1));
            Err(Sale::Closed)
        });
        assert_eq!(failed, Err(Sale::Closed));
        let panicked: Result<()> = db.write_blocking(|tx| {
            tx.wake(wake(2));
            panic!("no")
        });
        assert!(panicked.is_err());
        db.write_blocking(|tx| {
            tx.wake(wake(3));
            // The first run ends here, for the node holds no numbers yet.
            tx.number("visit")?;
            tx.wake(wake(4));
            Ok::<_, Error>(())
        })
        .unwrap();
        assert_eq!(*heard.lock().unwrap(), [[wake(3), wake(4)]]);
    }

    fn a_wake_is_heard_before_its_caller_is_answered(place) {
        let (answer, answers) = mpsc::channel();
        let on_wake = Arc::new(move |wakes: &[Wake]| answer.send(wakes.len()).unwrap());
        let db = Db::open_with(Options { on_wake, ..place.options() }, TABLES).unwrap();
        db.write_blocking(|tx| {
            tx.wake(wake(1));
            Ok::<_, Error>(())
        })
        .unwrap();
        assert_eq!(answers.try_recv(), Ok(1));
    }

    fn a_listener_that_panics_stops_nothing(place) {
        let on_wake = Arc::new(|_: &[Wake]| panic!("deaf"));
        let db = Db::open_with(Options { on_wake, ..place.options() }, TABLES).unwrap();
        for shop in 0..3 {
            let sql = "insert into shop (shop_id, name, stock) values ($1, 'shop', 1)";
            db.write_blocking(move |tx| {
                tx.wake(wake(shop));
                tx.execute(sql, params![shop])
            })
            .unwrap();
        }
        assert_eq!(stock(&db, 2), Some(1));
    }

    fn a_closed_database_finishes_and_refuses(place) {
        let db = place.open();
        let (gate, latch) = gate();
        let other = db.clone();
        let first = std::thread::spawn(move || {
            other.write_blocking(move |tx| {
                latch.pass();
                tx.execute("insert into shop (shop_id, name, stock) values (5, 'late', 2)", &[])
            })
        });
        gate.wait();
        let closing = { let db = db.clone(); std::thread::spawn(move || db.close()) };
        gate.open();
        assert_eq!(first.join().unwrap(), Ok(1));
        closing.join().unwrap();
        assert_eq!(try_shop(&db, 6), Err(Error::Closed));
        assert_eq!(stock(&place.open(), 5), Some(2));
    }

    fn a_full_queue_refuses_at_once(place) {
        let options = Options { queue: 3, threads: 1, ..place.options() };
        let db = Db::open_with(options, TABLES).unwrap();
        let (gate, latch) = gate();
        let running = { let db = db.clone(); std::thread::spawn(move || db.write_blocking(move |_| {
            latch.pass();
            Ok::<_, Error>(())
        })) };
        gate.wait();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let write = |shop: i64| db.write(move |tx| {
                let sql = "insert into shop (shop_id, name, stock) values ($1, 'shop', 0)";
                tx.execute(sql, params![shop])
            });
            let mut waiting: Vec<_> = (0..3).map(|shop| Box::pin(write(shop))).collect();
            for future in &mut waiting {
                let polled = std::future::poll_fn(|context| {
                    std::task::Poll::Ready(future.as_mut().poll(context).is_pending())
                });
                assert!(polled.await, "three wait");
            }
            assert_eq!(write(9).await, Err(Error::Busy), "a fourth is refused at once");
            gate.open();
            for future in waiting {
                assert_eq!(future.await, Ok(1));
            }
            assert_eq!(write(9).await, Ok(1));
        });
        assert_eq!(running.join().unwrap(), Ok(()));
    }

    fn a_blocking_call_may_stand_in_a_runtime(place) {
        let db = place.open();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(runtime.block_on(async { try_shop(&db, 1) }), Ok(1));
        assert_eq!(runtime.block_on(async { place.open(); db.verify() }), Ok(Vec::new()));
    }

    fn a_caller_who_gives_up_stops_nothing(place) {
        let db = place.open();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            for shop in 0..20 {
                let sql = "insert into shop (shop_id, name, stock) values ($1, 'shop', 0)";
                let mut write = Box::pin(db.write(move |tx| tx.execute(sql, params![shop])));
                std::future::poll_fn(|context| {
                    std::task::Poll::Ready(write.as_mut().poll(context).is_pending())
                })
                .await;
            }
            assert_eq!(db.write(|_| Ok::<_, Error>(7)).await, Ok(7));
        });
    }
}
