//! The partitioned run: a statement that touches several shards without saying so is refused.

use super::place::{Kind, MODULUS, Place};
use super::tables::add_shop;
use db::{Db, Error, OpenError, Options, Store, Value, params};

/// Shops of every shard.
const SHOPS: i64 = 40;

fn filled(place: &Place) -> Db {
    let db = place.open();
    for shop in 0..SHOPS {
        add_shop(&db, shop, shop);
    }
    db
}

/// Two shops in different shards.
fn apart(place: &Place) -> (i64, i64) {
    let sql = "select a.shop_id, b.shop_id from shop a, shop b \
         where a.tableoid <> b.tableoid order by 1, 2 limit 1";
    let row = place.client().query_one(sql, &[]).unwrap();
    (row.get(0), row.get(1))
}

/// Runs a statement; the words of its refusal, if it is refused.
fn refusal(db: &Db, sql: &'static str, values: Vec<Value>) -> Option<String> {
    match db.write_blocking(move |tx| tx.execute(sql, &values)) {
        Ok(_) => None,
        Err(Error::Rule(words)) => Some(words),
        Err(error) => panic!("{sql}: {error}"),
    }
}

#[test]
fn statements_of_one_shard_pass() {
    Place::with(Kind::Partitioned, |place| {
        let db = filled(place);
        let one: Vec<Value> = vec![1.into()];
        let two: Vec<Value> = vec![1.into(), 2.into()];
        for (sql, values) in [
            ("select stock from shop where shop_id = $1", &one),
            ("update shop set stock = 3 where shop_id = $1", &one),
            ("delete from item where shop_id = $1 and id = $2", &two),
            ("insert into visit (shop_id, person_id, at) values ($1, $2, 0)", &two),
            (
                "insert into visit (shop_id, person_id, at) values ($1, $2, 0) \
              on conflict (shop_id, person_id) do update set at = 1",
                &two,
            ),
            (
                "insert into item (shop_id, id, name) select shop_id, $2, name from shop \
              where shop_id = $1",
                &two,
            ),
            (
                "insert into item (shop_id, id, name) select $1, $2 + 1, 'tea' from shop \
              where shop_id = $1",
                &two,
            ),
            (
                "select s.stock from shop s join item i on i.shop_id = s.shop_id \
              where s.shop_id = $1 and i.id = $2",
                &two,
            ),
            (
                "with x as (update shop set stock = 4 where shop_id = $1 returning stock) \
              insert into visit (shop_id, person_id, at) select $1, $2 + 5, stock from x",
                &two,
            ),
            ("insert into word (word) values ('tea')", &vec![]),
            ("select count(*) from word", &vec![]),
        ] {
            assert_eq!(refusal(&db, sql, values.clone()), None, "{sql}");
        }
        let rows = (0..300).map(|person: i64| vec![1.into(), person.into()]).collect::<Vec<_>>();
        let sql = "insert into visit (shop_id, person_id, at) values ($1, $2, 9) \
             on conflict (shop_id, person_id) do nothing";
        assert!(db.write_blocking(move |tx| tx.insert_many(sql, &rows)).is_ok());
    });
}

#[test]
fn statements_of_several_shards_are_refused() {
    Place::with(Kind::Partitioned, |place| {
        let db = filled(place);
        let (here, there) = apart(place);
        let both: Vec<Value> = vec![here.into(), there.into()];
        for (sql, values) in [
            ("select count(*) from shop", &vec![]),
            ("select stock from shop where name = $1", &vec!["shop".into()]),
            ("select stock from shop where shop_id in ($1, $2)", &both),
            ("select stock from shop where shop_id = $1 or shop_id = $2", &both),
            ("update shop set stock = 0 where stock > $1", &vec![99.into()]),
            ("delete from visit where at < $1", &vec![0.into()]),
            (
                "select s.stock from shop s join item i on i.name = s.name where s.shop_id = $1",
                &vec![here.into()],
            ),
            (
                "select p.name from visit v join person p on p.person_id = v.person_id \
              where v.shop_id = $1",
                &vec![here.into()],
            ),
            ("select stock from shop where shop_id = (select max(shop_id) from visit)", &vec![]),
        ] {
            let words = refusal(&db, sql, values.clone()).expect(sql);
            assert!(words.contains(&format!("of {MODULUS} shards")), "{words}");
            assert!(words.contains(sql), "{words}");
        }
    });
}

#[test]
fn inserts_are_checked_by_the_key_that_they_bind() {
    Place::with(Kind::Partitioned, |place| {
        let db = filled(place);
        let (here, there) = apart(place);
        let both: Vec<Value> = vec![here.into(), there.into()];
        for (sql, values, words) in [
            (
                "insert into visit (shop_id, person_id, at) values ($1, 1, 0), ($2, 1, 0)",
                &both,
                "shards",
            ),
            (
                "insert into visit (shop_id, person_id, at) select $2, shop_id, 0 from shop \
              where shop_id = $1",
                &both,
                "shards",
            ),
            (
                "insert into person (person_id, name) select person_id, 'x' from visit \
              where shop_id = $1",
                &vec![here.into()],
                "copies person_id from visit",
            ),
            (
                "insert into visit (shop_id, person_id, at) values ($1 + 1, 1, 0)",
                &vec![here.into()],
                "does not bind the key shop_id",
            ),
            (
                "insert into visit (shop_id, person_id, at) select stock, 1, 0 from shop \
              where shop_id = $1",
                &vec![here.into()],
                "does not bind the key shop_id",
            ),
            (
                "insert into visit (person_id, at) values ($1, 0)",
                &vec![here.into()],
                "does not name the key shop_id",
            ),
            (
                "update shop set name = 'x', shop_id = $2 where shop_id = $1",
                &both,
                "changes the key shop_id",
            ),
        ] {
            let refused = refusal(&db, sql, values.clone()).expect(sql);
            assert!(refused.contains(words), "{words}: {refused}");
        }
        let sql = "insert into visit (shop_id, person_id, at) values ($1, $2, 9)";
        let rows = vec![vec![here.into(), 1.into()], vec![there.into(), 2.into()]];
        let refused = db.write_blocking(move |tx| tx.insert_many(sql, &rows));
        assert!(matches!(refused, Err(Error::Rule(_))), "{refused:?}");
    });
}

#[test]
fn a_marker_lets_a_statement_touch_several_shards() {
    Place::with(Kind::Partitioned, |place| {
        let db = filled(place);
        let all = "/* fan_out */ select count(*) from shop";
        assert_eq!(db.read_blocking(move |tx| tx.one::<i64>(all, params![])), Ok(SHOPS));
        let some = "/* several */ select shop_id from shop where shop_id in ($1, $2, $3) \
             order by shop_id limit 3";
        let found = db.read_blocking(move |tx| tx.list::<i64>(some, params![5, 3, 4]));
        assert_eq!(found, Ok(vec![3, 4, 5]));
        let write = "/* several */ update shop set stock = 0 where shop_id in ($1, $2)";
        assert!(refusal(&db, write, vec![1.into(), 2.into()]).is_some(), "never in a write");
    });
}

#[test]
fn a_statement_is_refused_again_each_time() {
    Place::with(Kind::Partitioned, |place| {
        let db = filled(place);
        let sql = "select max(stock) from shop";
        for _ in 0..2 {
            assert!(refusal(&db, sql, vec![]).is_some());
        }
    });
}

#[test]
fn plans_are_checked_with_partitions_only() {
    Place::with(Kind::Postgres, |place| {
        let Store::Postgres { url, .. } = place.store() else { panic!("not PostgreSQL") };
        let store = Store::Postgres { url, partitions: None, check_plans: true };
        let refused = Db::open(Options { store, ..place.options() }).err();
        assert!(matches!(refused, Some(OpenError::Options(_))), "{refused:?}");
    });
}
