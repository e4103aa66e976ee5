//! Killed at a random moment, the store has every transaction that it acknowledged, each once,
//! and half of none.

use super::place::{Kind, Place};
use super::tables::TABLES;
use db::{Clock, Db, Options, Store, params};
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{BufRead, BufReader, Write as _, stdout};
use std::process::{Child, Command, Stdio};

/// Where the writing process finds its store; its presence makes it one.
const STORE: &str = "TEAHOUSE_TEST_CRASH_STORE";
/// The first number that the process may write.
const FIRST: &str = "TEAHOUSE_TEST_CRASH_FIRST";
const KILLS: i64 = 20;
const WRITERS: i64 = 16;
/// Acknowledgements that are waited for before a kill.
const ACKNOWLEDGED: i64 = 50;
/// Numbers that one process may use.
const SPAN: i64 = 1_000_000;

/// Not a test of its own: the process that is killed. It writes a visit and an item in each
/// transaction, and prints their number once it is told that they are kept.
#[test]
fn writer() {
    let (Ok(store), Ok(first)) = (env::var(STORE), env::var(FIRST)) else { return };
    let first: i64 = first.parse().unwrap();
    let store = match store.strip_prefix("file:") {
        Some(path) => Store::Sqlite { path: path.into(), durable: true },
        None => Store::Postgres { url: store, partitions: None, check_plans: false },
    };
    let options = Options { threads: 8, ..Options::new(store, Clock::real()) };
    let db = Db::open_with(options, TABLES).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let db = &db;
            scope.spawn(move || {
                for number in (0..SPAN / WRITERS).map(|turn| first + turn * WRITERS + writer) {
                    write(db, number);
                    let mut out = stdout().lock();
                    if writeln!(out, "kept {number}").and_then(|()| out.flush()).is_err() {
                        return;
                    }
                }
            });
        }
    });
}

fn write(db: &Db, number: i64) {
    let visit = "insert into visit (shop_id, person_id, at) values ($1, $2, 0)";
    let item = "insert into item (shop_id, id, name) values ($1, $2, $3)";
    let shop = "insert into shop (shop_id, name, stock) values ($1, 'shop', 0) \
         on conflict (shop_id) do nothing";
    db.write_blocking(move |tx| {
        tx.execute(shop, params![number % WRITERS])?;
        tx.execute(visit, params![number % WRITERS, number])?;
        tx.execute(item, params![number % WRITERS, number, number.to_string()])
    })
    .unwrap();
}

/// How often each number stands in a table.
fn found(db: &Db, sql: &'static str) -> BTreeMap<i64, usize> {
    let mut found = BTreeMap::new();
    for shop in 0..WRITERS {
        let numbers = db.read_blocking(move |tx| tx.list::<i64>(sql, params![shop])).unwrap();
        for number in numbers {
            *found.entry(number).or_default() += 1;
        }
    }
    found
}

/// A sentence for each broken promise.
fn broken(kept: &BTreeSet<i64>, db: &Db) -> Vec<String> {
    let visits = found(db, "select person_id from visit where shop_id = $1");
    let items = found(db, "select id from item where shop_id = $1");
    let lost = kept.iter().filter(|number| !visits.contains_key(*number));
    let lost = lost.map(|number| format!("{number} was acknowledged and is lost"));
    let halves = visits.keys().chain(items.keys());
    let halves = halves.filter(|number| visits.get(*number) != items.get(*number));
    let halves = halves.map(|number| format!("{number} is there by half"));
    let doubled = visits.iter().filter(|(_, count)| **count > 1);
    let doubled = doubled.map(|(number, _)| format!("{number} is there twice"));
    lost.chain(halves).chain(doubled).collect()
}

fn start(store: &str, first: i64) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["crash::writer", "--nocapture", "--test-threads=1"])
        .env(STORE, store)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Runs a writing process and kills it after some acknowledgements; answers all of them.
fn write_until_killed(store: &str, round: i64) -> Vec<i64> {
    let mut child = start(store, (round + 1) * SPAN);
    let out = BufReader::new(child.stdout.take().unwrap());
    // The moments differ from round to round, and the disk adds chance of its own.
    let enough = usize::try_from(ACKNOWLEDGED + round * 37 % 101).unwrap();
    let mut kept = Vec::new();
    for line in out.lines().map_while(Result::ok) {
        kept.extend(line.strip_prefix("kept ").and_then(|number| number.parse::<i64>().ok()));
        if kept.len() == enough {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(kept.len() >= enough, "only {} were acknowledged", kept.len());
    kept
}

fn survives(place: &Place, store: &str) {
    place.open().close();
    let mut kept = BTreeSet::new();
    for round in 0..KILLS {
        kept.extend(write_until_killed(store, round));
        let db = place.open();
        assert_eq!(broken(&kept, &db), Vec::<String>::new());
        assert_eq!(db.verify(), Ok(Vec::new()));
    }
    // A loss that is planted must be found, or the test proves nothing.
    let db = place.open();
    let number = *kept.first().unwrap();
    let sql = "delete from visit where shop_id = $1 and person_id = $2";
    db.write_blocking(move |tx| tx.execute(sql, params![number % WRITERS, number])).unwrap();
    assert_eq!(broken(&kept, &db).len(), 2, "lost, and there by half");
}

#[test]
fn a_killed_process_on_sqlite_loses_and_doubles_nothing() {
    Place::with(Kind::Sqlite, |place| {
        survives(place, &format!("file:{}", place.file().display()));
    });
}

#[test]
fn a_killed_process_on_postgres_loses_and_doubles_nothing() {
    Place::with(Kind::Postgres, |place| {
        let Store::Postgres { url, .. } = place.store() else { panic!("not PostgreSQL") };
        survives(place, &url);
    });
}
