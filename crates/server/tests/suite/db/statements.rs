//! Binding, reading and failing: the same on every engine.

use super::on_each;
use super::tables::add_shop;
use db::{Db, Error, Result, Tx, Value, params};

const ADD: &str = "insert into item (shop_id, id, name) values ($1, $2, $3)";
const NAMES: &str = "select name from item where shop_id = $1 order by name limit 100";

fn write<T: Send + 'static>(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    db.write_blocking(closure)
}

/// An item's columns after its key.
type Item = (String, Option<String>, Option<bool>, Option<f64>, Option<Vec<u8>>);

/// Counts the items of shop 1.
fn count(db: &Db) -> i64 {
    let sql = "select count(*) from item where shop_id = $1";
    db.read_blocking(move |tx| tx.one::<i64>(sql, params![1])).unwrap()
}

on_each! {
    fn every_type_comes_back_as_it_went_in(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let add = "insert into item (shop_id, id, name, note, hot, weight, image) \
             values ($1, $2, $3, $4, $5, $6, $7)";
        let read = "select name, note, hot, weight, image from item where shop_id = $1 and id = $2";
        let full: Item =
            ("茶 'x'".into(), Some(String::new()), Some(true), Some(-0.1), Some(vec![0, 255]));
        let bare: Item = ("bare".into(), None, None, None, None);
        for (id, item) in [(1, full), (2, bare)] {
            let expected = item.clone();
            let found: Item = write(&db, move |tx| {
                let (name, note, hot, weight, image) = item.clone();
                tx.execute(add, params![1, id, name, note, hot, weight, image])?;
                tx.one(read, params![1, id])
            })
            .unwrap();
            assert_eq!(found, expected);
        }
    }

    fn extreme_numbers_come_back(place) {
        let db = place.open();
        for (shop, value) in (0..).zip([i64::MIN, -1, 0, i64::MAX]) {
            add_shop(&db, shop, 0);
            let add = "insert into visit (shop_id, person_id, at) values ($1, $2, $3)";
            let read = "select at from visit where shop_id = $1 and person_id = $2";
            let found: i64 = write(&db, move |tx| {
                tx.execute(add, params![shop, value, value])?;
                tx.one(read, params![shop, value])
            })
            .unwrap();
            assert_eq!(found, value);
        }
    }

    fn parameters_are_bound_by_their_numbers(place) {
        let db = place.open();
        add_shop(&db, 1, 5);
        let sql = "select $2, $1, $1, stock from shop where stock > $3 and shop_id = $1";
        let found: (String, i64, i64, i64) =
            write(&db, move |tx| tx.one(sql, params![1, "two", 4])).unwrap();
        assert_eq!(found, ("two".to_owned(), 1, 1, 5));
    }

    fn a_missing_or_surplus_parameter_is_refused(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let sql = "select name from shop where shop_id = $1";
        for values in [vec![], vec![Value::Int(1), Value::Int(2)]] {
            let refused = write(&db, move |tx| tx.optional::<String>(sql, &values));
            assert!(matches!(refused, Err(Error::Rule(_))), "{refused:?}");
        }
        let gap = "select name from shop where shop_id = $2";
        let refused = write(&db, move |tx| tx.optional::<String>(gap, params![1, 1]));
        assert!(matches!(refused, Err(Error::Rule(_))), "{refused:?}");
    }

    fn a_value_that_one_engine_cannot_keep_is_refused(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let refused = write(&db, |tx| tx.execute(ADD, params![1, 1, "a\0b"]));
        assert_eq!(refused, Err(Error::Value("U+0000 in a text")));
        let sql = "select name from item where shop_id = $1 and weight > $2";
        let refused = write(&db, move |tx| tx.list::<String>(sql, params![1, f64::NAN]));
        assert_eq!(refused, Err(Error::Value("not a number")));
    }

    fn a_value_of_another_type_is_refused(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let refused = write(&db, |tx| tx.execute(ADD, params![1, "x", "name"]));
        assert!(matches!(refused, Err(Error::Statement(_))), "{refused:?}");
    }

    fn a_duplicate_is_a_unique_violation(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        write(&db, |tx| tx.execute(ADD, params![1, 1, "tea"])).unwrap();
        let same_key = write(&db, |tx| tx.execute(ADD, params![1, 1, "milk"]));
        let same_name = write(&db, |tx| tx.execute(ADD, params![1, 2, "tea"]));
        assert!(same_key.unwrap_err().is_unique_violation());
        assert!(same_name.unwrap_err().is_unique_violation());
    }

    fn other_constraints_are_not_duplicates(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let check = "update shop set stock = stock - 1 where shop_id = $1";
        let null = "update shop set name = $2 where shop_id = $1";
        let broken = [
            write(&db, move |tx| tx.execute(check, params![1])),
            write(&db, move |tx| tx.execute(null, params![1, None::<&str>])),
            write(&db, |tx| tx.execute(ADD, params![7, 1, "no such shop"])),
        ];
        for error in broken {
            assert!(matches!(error, Err(Error::ConstraintViolation(_))), "{error:?}");
        }
    }

    fn after_a_failed_statement_every_later_one_is_refused(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let ended: Result<Vec<Error>> = write(&db, |tx| {
            tx.execute(ADD, params![1, 1, "tea"])?;
            let mut errors = Vec::new();
            for name in ["tea", "milk", "water"] {
                errors.extend(tx.execute(ADD, params![1, 2, name]).err());
            }
            errors.extend(tx.number("item").err());
            errors.extend(tx.list::<String>(NAMES, params![1]).err());
            let aborted = vec![Error::Aborted; 4];
            assert_eq!(errors, [vec![Error::UniqueViolation], aborted].concat());
            Ok(errors)
        });
        assert_eq!(ended, Err(Error::Aborted), "what was not kept is not acknowledged");
        assert_eq!(count(&db), 0);
    }

    fn a_duplicate_that_the_statement_expects_ends_nothing(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let sql = "insert into item (shop_id, id, name) values ($1, $2, $3) \
             on conflict (shop_id, name) do nothing returning id";
        let added: (Option<i64>, Option<i64>, Option<i64>) = write(&db, move |tx| {
            let first = tx.optional(sql, params![1, 1, "tea"])?;
            let again = tx.optional(sql, params![1, 2, "tea"])?;
            Ok((first, again, tx.optional(sql, params![1, 3, "milk"])?))
        })
        .unwrap();
        assert_eq!(added, (Some(1), None, Some(3)));
    }

    fn an_upsert_says_what_it_made(place) {
        let db = place.open();
        let sql = "insert into shop (shop_id, name, stock) values ($1, 'shop', $2) \
             on conflict (shop_id) do update set stock = shop.stock + $2 returning stock";
        let stocks: (i64, i64) = write(&db, move |tx| {
            Ok((tx.one(sql, params![1, 3])?, tx.one(sql, params![1, 4])?))
        })
        .unwrap();
        assert_eq!(stocks, (3, 7));
    }

    fn the_rows_touched_are_counted(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let touched = write(&db, |tx| {
            let mut added = tx.execute(ADD, params![1, 1, "tea"])?;
            added += tx.execute(ADD, params![1, 2, "milk"])?;
            let none = "update item set note = 'x' where shop_id = $1 and id > $2";
            let nothing = tx.execute(none, params![1, 5])?;
            let read = tx.execute(NAMES, params![1])?;
            let gone = tx.execute("delete from item where shop_id = $1", params![1])?;
            Ok([added, nothing, read, gone])
        });
        assert_eq!(touched, Ok([2, 0, 2, 2]));
    }

    fn one_row_is_one_row(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        write(&db, |tx| {
            assert_eq!(tx.one::<String>(NAMES, params![1]), Err(Error::NoRow));
            tx.execute(ADD, params![1, 1, "tea"])?;
            tx.execute(ADD, params![1, 2, "milk"])
        })
        .unwrap();
        let several = write(&db, |tx| tx.optional::<String>(NAMES, params![1]));
        assert_eq!(several, Err(Error::SeveralRows));
        let names = write(&db, |tx| tx.list::<String>(NAMES, params![1]));
        assert_eq!(names, Ok(vec!["milk".to_owned(), "tea".to_owned()]));
    }

    fn a_wrong_number_or_type_of_columns_is_an_error(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let sql = "select shop_id, name from shop where shop_id = $1";
        let short = write(&db, move |tx| tx.one::<(i64,)>(sql, params![1]));
        let long = write(&db, move |tx| tx.one::<(i64, String, i64)>(sql, params![1]));
        let other = write(&db, move |tx| tx.one::<(i64, i64)>(sql, params![1]));
        let note = "select note from item where shop_id = $1";
        let null = write(&db, move |tx| {
            tx.execute(ADD, params![1, 1, "tea"])?;
            tx.one::<String>(note, params![1])
        });
        for error in [short.err(), long.err(), other.err(), null.err()] {
            assert!(matches!(error, Some(Error::Row(_))), "{error:?}");
        }
    }

    fn text_is_ordered_by_its_bytes(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let sorted = ["A", "Z", "a", "b", "z", "É", "é", "茶", "🍵"];
        let found = write(&db, move |tx| {
            for (id, name) in (0..).zip(sorted.iter().rev()) {
                tx.execute(ADD, params![1, id, *name])?;
            }
            tx.list::<String>(NAMES, params![1])
        });
        assert_eq!(found.unwrap(), sorted);
    }

    fn many_rows_are_inserted_in_one_call(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let sql = "insert into item (shop_id, id, name, hot) values ($1, $2, $3, true) \
             on conflict (shop_id, name) do nothing";
        let row = |id: i64, name: String| vec![1.into(), id.into(), name.into()];
        let rows: Vec<_> = (0..700).map(|id| row(id, format!("item {}", id % 600))).collect();
        assert_eq!(write(&db, move |tx| tx.insert_many(sql, &rows)), Ok(600));
        assert_eq!(count(&db), 600);
        assert_eq!(write(&db, move |tx| tx.insert_many(sql, &[])), Ok(0));
    }

    fn rows_of_different_length_are_refused(place) {
        let db = place.open();
        add_shop(&db, 1, 0);
        let short = vec![vec![1.into(), 2.into(), "tea".into()], vec![1.into(), 3.into()]];
        let refused = write(&db, move |tx| tx.insert_many(ADD, &short));
        assert!(matches!(refused, Err(Error::Rule(_))), "{refused:?}");
        assert_eq!(count(&db), 0);
    }

    fn a_statement_that_means_different_things_is_refused(place) {
        let db = place.open();
        for sql in [
            "select * from shop",
            "insert into shop values ($1, 'a', 1)",
            "insert into shop (shop_id, name, stock) values ($1, (select 'a'), 1)",
            "commit",
            "select name from shop where shop_id = $1 for update",
        ] {
            let values = if sql.contains('$') { vec![Value::Int(1)] } else { vec![] };
            let refused = write(&db, move |tx| tx.execute(sql, &values));
            assert!(matches!(refused, Err(Error::Rule(_))), "{sql}: {refused:?}");
        }
    }

    fn a_broken_statement_is_an_error_of_its_caller(place) {
        let db = place.open();
        let refused = write(&db, |tx| tx.list::<i64>("select nothing from nowhere", &[]));
        assert!(matches!(refused, Err(Error::Statement(_))), "{refused:?}");
        add_shop(&db, 1, 0);
    }
}

db::row! {
    /// A shop's row.
    #[derive(Debug, PartialEq)]
    pub(crate) struct Shop {
        pub(crate) id: super::tables::ShopId,
        pub(crate) name: String,
        stock: Option<i64>,
    }
}

on_each! {
    fn a_struct_takes_its_columns_in_order(place) {
        let db = place.open();
        add_shop(&db, 3, 9);
        let sql = "select shop_id, name, stock from shop where shop_id = $1";
        let id = super::tables::ShopId(3);
        let shop: Shop = write(&db, move |tx| tx.one(sql, params![id])).unwrap();
        assert_eq!(shop, Shop { id, name: "shop".to_owned(), stock: Some(9) });
        let short = "select shop_id, name from shop where shop_id = $1";
        let refused = write(&db, move |tx| tx.one::<Shop>(short, params![id]));
        assert!(matches!(refused, Err(Error::Row(_))), "{refused:?}");
    }
}
