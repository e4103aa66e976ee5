//! The clock in the database, and the reset of the world.

use super::on_each;
use super::place::NOW;
use super::tables::{TABLES, add_shop, stock};
use db::{Clock, ClockMode, ClockState, Db, Error, Options, Timestamp, params};

on_each! {
    fn a_moved_clock_is_kept(place) {
        let db = place.open();
        assert_eq!(db.clock().now(), NOW);
        let state = ClockState { mode: ClockMode::Frozen { at: Timestamp(5) }, epoch: 3 };
        db.set_clock(state).unwrap();
        assert_eq!((db.clock().now(), db.clock().epoch()), (Timestamp(5), 3));
        assert_eq!(db.write_blocking(|tx| Ok::<_, Error>(tx.now())), Ok(Timestamp(5)));
        db.close();

        let options = Options { clock: Clock::real(), ..place.options() };
        let db = Db::open_with(options, TABLES).unwrap();
        assert_eq!(db.clock().state(), state);
        let running = ClockState { mode: ClockMode::Running { offset_ms: -7_000 }, epoch: 4 };
        db.set_clock(running).unwrap();
        db.close();
        assert_eq!(place.open().clock().state(), running);
    }

    fn a_clock_that_cannot_be_kept_does_not_move(place) {
        let db = place.open();
        let before = db.clock().state();
        db.close();
        let state = ClockState { mode: ClockMode::Frozen { at: Timestamp(5) }, epoch: 3 };
        assert_eq!(db.set_clock(state), Err(Error::Closed));
        assert_eq!(db.clock().state(), before);
    }

    fn a_wipe_empties_all_but_what_is_kept(place) {
        let db = place.open();
        add_shop(&db, 1, 5);
        let (word, item) = (
            "insert into word (word) values ('tea')",
            "insert into item (shop_id, id, name) values (1, 1, 'tea')",
        );
        let number = db.write_blocking(move |tx| {
            tx.execute(word, &[])?;
            tx.execute(item, &[])?;
            tx.number("item")
        });
        let epoch = db.clock().epoch();
        db.wipe(&["word"]).unwrap();
        let count = |sql| db.read_blocking(move |tx| tx.one::<i64>(sql, params![])).unwrap();
        assert_eq!(stock(&db, 1), None);
        assert_eq!(count("/* fan_out */ select count(*) from item"), 0);
        assert_eq!(count("select count(*) from word"), 1);
        assert_eq!((db.clock().epoch(), db.clock().now()), (epoch + 1, NOW));
        let next = db.write_blocking(|tx| tx.number("item"));
        assert_eq!(next.unwrap(), number.unwrap() + 1, "counters go on");
        db.wipe(&[]).unwrap();
        assert_eq!(count("select count(*) from word"), 0);
        db.close();
        assert_eq!(place.open().clock().epoch(), epoch + 2);
    }
}
