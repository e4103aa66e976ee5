//! Opening a SQLite file: what is refused, and with which words.

use super::place::{Kind, Place};
use super::tables::{FIRST, TABLES, add_shop, stock};
use db::{Clock, Db, Error, MIGRATIONS, Migration, OpenError, Options, Store, params};
use rusqlite::Connection;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

/// A closed database with a few hundred pages.
fn filled(place: &Place) {
    let db = place.open();
    for shop in 1..=20 {
        add_shop(&db, shop, 7);
        let row =
            |id: i64| vec![shop.into(), id.into(), format!("{id}: {}", "x".repeat(500)).into()];
        let rows: Vec<_> = (0..60).map(row).collect();
        let sql = "insert into item (shop_id, id, name) values ($1, $2, $3)";
        db.write_blocking(move |tx| tx.insert_many(sql, &rows)).unwrap();
    }
    db.close();
}

fn refusal(place: &Place) -> OpenError {
    match Db::open_with(place.options(), TABLES) {
        Ok(_) => panic!("the file was opened"),
        Err(error) => error,
    }
}

/// Changes the file with SQLite itself.
fn change(place: &Place, sql: &str) {
    let connection = Connection::open(place.file()).unwrap();
    connection.execute_batch(sql).unwrap();
}

/// Overwrites bytes of the file.
fn overwrite(place: &Place, at: usize, with: &[u8]) {
    let mut bytes = fs::read(place.file()).unwrap();
    bytes[at..at + with.len()].copy_from_slice(with);
    fs::write(place.file(), bytes).unwrap();
}

/// The text of a refusal ends with what to do.
fn says(error: &OpenError, advice: &str) {
    assert!(error.to_string().contains(advice), "{error}");
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        assert!(!place.beside("teahouse.db-wal").exists(), "closing folds the log into the file");
        let db = place.open();
        assert_eq!((stock(&db, 20), db.verify()), (Some(7), Ok(Vec::new())));
        let mode = fs::metadata(place.file()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "messages are nobody else's business");
    });
}

#[test]
fn a_read_only_file_is_refused() {
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        fs::set_permissions(place.file(), Permissions::from_mode(0o400)).unwrap();
        let refused = refusal(place);
        assert!(matches!(refused, OpenError::ReadOnly(_)), "{refused:?}");
        says(&refused, "make the file and its folder writable");
    });
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let path = std::path::Path::new("/nonexistent/folder/teahouse.db").to_owned();
    let store = Store::Sqlite { path, durable: true };
    let refused = Db::open(Options::new(store, Clock::real())).err().unwrap();
    assert!(matches!(refused, OpenError::Unopenable { .. }), "{refused:?}");
    says(&refused, "check that the folder exists");
}

#[test]
fn a_file_of_something_else_is_refused() {
    Place::with(Kind::Sqlite, |place| {
        fs::write(place.file(), "Dear diary, today I had tea again.").unwrap();
        assert!(matches!(refusal(place), OpenError::NotADatabase(_)));
        assert_eq!(fs::read_to_string(place.file()).unwrap().len(), 34, "it is left as it was");
        fs::remove_file(place.file()).unwrap();
        fs::create_dir(place.file()).unwrap();
        assert!(matches!(refusal(place), OpenError::NotADatabase(_)));
    });
}

#[test]
fn a_database_of_another_program_is_refused() {
    Place::with(Kind::Sqlite, |place| {
        change(place, "create table bookmark (url text)");
        let refused = refusal(place);
        assert!(matches!(refused, OpenError::Foreign(_)), "{refused:?}");
        says(&refused, "belongs to another program");
    });
}

#[test]
fn a_file_from_a_newer_version_is_refused() {
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        change(place, "insert into schema_migration values (2, 'menus', 0)");
        let refused = refusal(place);
        assert_eq!(refused, OpenError::Newer { found: 2, known: 1 });
        says(&refused, "start the newer release again");
    });
}

#[test]
fn a_file_with_another_history_is_refused() {
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        change(place, "update schema_migration set name = 'menus' where version = 1");
        assert!(matches!(refusal(place), OpenError::OtherHistory { number: 1, .. }));
    });
}

#[test]
fn a_damaged_header_is_refused() {
    for (at, with) in [
        (0, &b"SQLIT3"[..]),
        // The page size, the format's version, the place of the payload fractions.
        (16, &[0x12, 0x34]),
        (18, &[9, 9]),
        (21, &[1, 2, 3]),
    ] {
        let place = Place::create(Kind::Sqlite).unwrap();
        filled(&place);
        overwrite(&place, at, with);
        let refused = refusal(&place);
        assert!(!refused.to_string().is_empty());
        let known = matches!(
            refused,
            OpenError::NotADatabase(_) | OpenError::Damaged { .. } | OpenError::ReadOnly(_)
        );
        assert!(known, "byte {at}: {refused:?}");
    }
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        let bytes = fs::read(place.file()).unwrap();
        fs::write(place.file(), &bytes[..bytes.len() / 2]).unwrap();
        let refused = refusal(place);
        assert!(matches!(refused, OpenError::Damaged { .. }), "{refused:?}");
        says(&refused, "restore the latest backup");
    });
}

#[test]
fn a_damaged_schema_is_refused() {
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        let bytes = fs::read(place.file()).unwrap();
        let text = b"CREATE TABLE item";
        let at = bytes.windows(text.len()).position(|window| window == text).unwrap();
        overwrite(place, at, b"CREATE TABLE i\xff\xfe\xfd");
        let refused = refusal(place);
        assert!(matches!(refused, OpenError::Damaged { .. }), "{refused:?}");
    });
}

#[test]
fn a_schema_that_is_not_the_declared_one_is_refused() {
    for (sql, words) in [
        ("drop index item_hot", "index item_hot is missing"),
        ("create table extra (a integer)", "table extra is not declared"),
        ("alter table person add column age integer", "table person differs"),
    ] {
        let place = Place::create(Kind::Sqlite).unwrap();
        filled(&place);
        change(&place, sql);
        let refused = refusal(&place);
        assert!(matches!(refused, OpenError::Damaged { .. }), "{refused:?}");
        says(&refused, words);
    }
}

#[test]
fn a_damaged_page_fails_at_first_touch_and_by_verify() {
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        let page: u32 = Connection::open(place.file())
            .unwrap()
            .query_row("select rootpage from sqlite_schema where name = 'item'", [], |row| {
                row.get(0)
            })
            .unwrap();
        let page = usize::try_from(page).unwrap();
        overwrite(place, (page - 1) * 4096, &[0xff; 64]);
        let db = place.open();
        assert_eq!(stock(&db, 3), Some(7), "other pages are as good as ever");
        let sql = "select name from item where shop_id = $1 and id = $2";
        let read = move |tx: &mut db::Tx<'_>| tx.optional::<String>(sql, params![3, 1]);
        assert!(matches!(db.read_blocking(read), Err(Error::Corrupt(_))));
        assert!(matches!(db.write_blocking(read), Err(Error::Corrupt(_))));
        assert!(!db.verify().unwrap().is_empty());
        add_shop(&db, 99, 1);
    });
}

#[test]
fn a_later_release_adds_its_tables() {
    const LATER: &[Migration] = &[
        MIGRATIONS[0],
        FIRST,
        Migration {
            number: 2,
            name: "prices",
            steps: &[
                db::Step::Column { table: "person", column: "age bigint not null default 7" },
                db::Step::Sql("update person set age = 8 where person_id = 2"),
            ],
        },
    ];
    super::place::Place::with(Kind::Sqlite, |place| {
        filled(place);
        let add = "insert into person (person_id, name) values (1, 'Mei'), (2, 'Bo')";
        let old = place.open();
        old.write_blocking(move |tx| tx.execute(add, &[])).unwrap();
        old.close();
        let db = Db::open_with(place.options(), LATER).unwrap();
        let ages = "select age from person where person_id in (1, 2) order by person_id limit 2";
        assert_eq!(db.read_blocking(move |tx| tx.list::<i64>(ages, &[])), Ok(vec![7, 8]));
        assert_eq!(db.verify(), Ok(Vec::new()));
        db.close();
        assert!(matches!(refusal(place), OpenError::Newer { found: 2, known: 1 }));
    });
}

#[test]
fn a_migration_that_fails_leaves_the_file_as_it_was() {
    const BROKEN: &[Migration] = &[
        MIGRATIONS[0],
        FIRST,
        Migration {
            number: 2,
            name: "broken",
            steps: &[
                db::Step::Column { table: "person", column: "age bigint" },
                db::Step::Sql("update nobody set age = 8"),
            ],
        },
    ];
    Place::with(Kind::Sqlite, |place| {
        filled(place);
        let refused = Db::open_with(place.options(), BROKEN).err().unwrap();
        assert!(matches!(&refused, OpenError::Migration { name, .. } if name == "broken"));
        assert_eq!(stock(&place.open(), 1), Some(7));
    });
}

#[test]
fn options_that_cannot_work_are_refused() {
    Place::with(Kind::Sqlite, |place| {
        for options in
            [Options { threads: 0, ..place.options() }, Options { queue: 0, ..place.options() }]
        {
            let refused = Db::open_with(options, TABLES).err();
            assert!(matches!(refused, Some(OpenError::Options(_))), "{refused:?}");
        }
    });
}
