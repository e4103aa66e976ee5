//! Reads: beside the writes, and without a way to write.

use super::gate::gate;
use super::on_each;
use super::place::Kind;
use super::tables::{add_shop, stock, try_shop};
use db::{Error, params};
use std::sync::Mutex;

on_each! {
    fn a_read_may_not_write(place) {
        let db = place.open();
        add_shop(&db, 1, 5);
        for sql in [
            "update shop set stock = 6 where shop_id = $1",
            "delete from shop where shop_id = $1",
            "insert into shop (shop_id, name, stock) values ($1, 'shop', 0)",
            "with x as (update shop set stock = 6 where shop_id = $1 returning stock) \
             select stock from x",
        ] {
            let refused = db.read_blocking(move |tx| tx.execute(sql, params![1]));
            // SQLite knows no writing `with` at all.
            let refused = matches!(refused, Err(Error::ReadOnly))
                || (sql.starts_with("with") && matches!(refused, Err(Error::Statement(_))));
            assert!(refused, "{sql}");
        }
        let sql = "select stock from shop where shop_id = $1";
        let locked = db.read_blocking(move |tx| tx.lock::<i64>(sql, params![1]));
        assert_eq!(locked, Err(Error::ReadOnly));
        assert_eq!(db.read_blocking(|tx| tx.number("shop")), Err(Error::ReadOnly));
        let rows = vec![vec![2.into()]];
        let insert = "insert into shop (shop_id, name, stock) values ($1, 'shop', 0)";
        let refused = db.read_blocking(move |tx| tx.insert_many(insert, &rows));
        assert_eq!(refused, Err(Error::ReadOnly));
        assert_eq!(stock(&db, 1), Some(5));
    }

    fn after_a_refused_write_the_read_is_over(place) {
        let db = place.open();
        let ended = db.read_blocking(|tx| {
            assert!(tx.execute("delete from shop where shop_id = 1", &[]).is_err());
            Ok::<_, Error>(())
        });
        assert_eq!(ended, Err(Error::Aborted));
    }

    fn a_read_sees_what_was_acknowledged_before(place) {
        let db = place.open();
        for shop in 0..200 {
            try_shop(&db, shop).unwrap();
            assert_eq!(stock(&db, shop), Some(0));
        }
    }

    fn a_read_goes_on_while_a_write_is_held(place) {
        let db = place.open();
        add_shop(&db, 1, 5);
        let (gate, latch) = gate();
        let writer = { let db = db.clone(); std::thread::spawn(move || db.write_blocking(move |tx| {
            tx.execute("update shop set stock = 6 where shop_id = $1", params![1])?;
            latch.pass();
            Ok::<_, Error>(())
        })) };
        gate.wait();
        assert_eq!(stock(&db, 1), Some(5));
        gate.open();
        writer.join().unwrap().unwrap();
        assert_eq!(stock(&db, 1), Some(6));
    }
}

#[test]
fn a_read_on_sqlite_sees_one_state() {
    super::place::Place::with(Kind::Sqlite, |place| {
        let db = place.open();
        add_shop(&db, 1, 5);
        let other = Mutex::new(db.clone());
        let seen: (i64, i64) = db
            .read_blocking(move |tx| {
                let sql = "select stock from shop where shop_id = $1";
                let first = tx.one(sql, params![1])?;
                other.lock().unwrap().write_blocking(|tx| {
                    tx.execute("update shop set stock = 6 where shop_id = $1", params![1])
                })?;
                Ok::<_, Error>((first, tx.one(sql, params![1])?))
            })
            .unwrap();
        assert_eq!(seen, (5, 5));
        assert_eq!(stock(&db, 1), Some(6));
    });
}
