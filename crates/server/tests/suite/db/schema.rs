//! The schema on every engine: declared once, made and compared.

use super::on_each;
use super::place::{Kind, Place};
use super::tables::{FIRST, TABLES, add_shop};
use db::{Clock, Db, Index, MIGRATIONS, Migration, OpenError, Options, Step, Store};

const WITH_INDEX: &[Migration] = &[
    MIGRATIONS[0],
    FIRST,
    Migration {
        number: 2,
        name: "index",
        steps: &[Step::Index(Index {
            name: "visit_at",
            table: "visit",
            columns: "shop_id, at",
            unique: false,
            filter: None,
            concurrently: true,
        })],
    },
];

on_each! {
    fn a_fresh_database_is_as_declared(place) {
        let db = place.open();
        assert_eq!(db.verify(), Ok(Vec::new()));
    }

    fn the_platforms_own_tables_are_as_declared(place) {
        let db = Db::open(place.options()).unwrap();
        assert_eq!(db.verify(), Ok(Vec::new()));
    }

    fn an_index_is_added_while_the_table_is_in_use(place) {
        let db = place.open();
        add_shop(&db, 1, 5);
        // Still open: on PostgreSQL the old release goes on while the new one migrates.
        let newer = Db::open_with(place.options(), WITH_INDEX).unwrap();
        assert_eq!(newer.verify(), Ok(Vec::new()));
        add_shop(&newer, 2, 5);
        db.close();
    }

    fn processes_that_start_at_once_migrate_once(place) {
        let nodes: Vec<Db> = std::thread::scope(|scope| {
            let open = || scope.spawn(|| place.open());
            let threads: Vec<_> = (0..4).map(|_| open()).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let count = "select count(*) from schema_migration";
        let migrations = nodes[0].read_blocking(move |tx| tx.one::<i64>(count, &[]));
        assert_eq!(migrations, Ok(2));
    }
}

#[test]
fn a_changed_schema_on_postgres_is_found() {
    for kind in [Kind::Postgres, Kind::Partitioned] {
        Place::with(kind, |place| {
            let db = place.open();
            let mut client = place.client();
            for (sql, words) in [
                ("drop index item_hot", "index item_hot is missing"),
                ("alter table word add column note text", "column word.note is not declared"),
                (
                    "alter table shop drop constraint shop_stock_positive",
                    "constraint shop.shop_stock_positive is missing",
                ),
                (
                    "alter table person alter column name drop not null",
                    "column person.name differs from its declaration",
                ),
            ] {
                client.batch_execute(sql).unwrap();
                let faults = db.verify().unwrap();
                assert!(faults.iter().any(|fault| fault == words), "{words}: {faults:?}");
            }
        });
    }
}

#[test]
fn what_an_interrupted_index_left_behind_is_replaced() {
    Place::with(Kind::Postgres, |place| {
        place.open().close();
        place.client().batch_execute("create index visit_at on visit (person_id)").unwrap();
        let db = Db::open_with(place.options(), WITH_INDEX).unwrap();
        assert_eq!(db.verify(), Ok(Vec::new()));
    });
}

#[test]
fn foreign_newer_and_unreachable_postgres_databases_are_refused() {
    Place::with(Kind::Postgres, |place| {
        place.client().batch_execute("create table bookmark (url text)").unwrap();
        let refused = Db::open_with(place.options(), TABLES).err();
        assert!(matches!(refused, Some(OpenError::Foreign(_))), "{refused:?}");
        place.client().batch_execute("drop table bookmark").unwrap();
        place.open().close();
        let newer = "insert into schema_migration values (7, 'later', 0)";
        place.client().batch_execute(newer).unwrap();
        let refused = Db::open_with(place.options(), TABLES).err();
        assert_eq!(refused, Some(OpenError::Newer { found: 7, known: 1 }));
    });
    let url = "postgres://nobody@127.0.0.1:9/nothing".to_owned();
    let store = Store::Postgres { url, partitions: None, check_plans: false };
    let refused = Db::open(Options::new(store, Clock::real())).err();
    assert!(matches!(refused, Some(OpenError::Unreachable(_))), "{refused:?}");
}

/// Rule 3: what a shard must decide, it decides alone.
#[test]
fn every_unique_key_of_the_platform_begins_with_its_shard_key() {
    for step in MIGRATIONS.iter().flat_map(|migration| migration.steps) {
        if let Step::Table { name, by: db::By::Key(key), columns } = step {
            assert!(columns.contains(&format!("{name}_pk primary key")), "{name} has a named key");
            for unique in ["primary key (", "unique ("] {
                for (at, _) in columns.match_indices(unique) {
                    let first = &columns[at + unique.len()..];
                    assert!(first.starts_with(key), "{name}: {unique}{first}");
                }
            }
        }
        if let Step::Index(Index { name, table, columns, unique: true, .. }) = step {
            let key = key_of(table).expect("a unique index is of a table with a key");
            assert!(columns.starts_with(key), "{name}");
        }
    }
}

fn key_of(table: &str) -> Option<&'static str> {
    MIGRATIONS.iter().flat_map(|migration| migration.steps).find_map(|step| match step {
        Step::Table { name, by: db::By::Key(key), .. } if *name == table => Some(*key),
        _ => None,
    })
}

#[test]
fn migrations_are_numbered_without_a_gap() {
    for (number, migration) in (0..).zip(MIGRATIONS) {
        assert_eq!(migration.number, number, "{}", migration.name);
    }
}
