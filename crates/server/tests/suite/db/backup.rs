//! Copies of a SQLite file while it is in use.

use super::place::{Kind, Place};
use super::tables::{TABLES, add_shop, stock};
use db::{Db, Error, Options, Store, params};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn a_backup_of_a_busy_database_is_whole() {
    Place::with(Kind::Sqlite, |place| {
        let db = place.open();
        add_shop(&db, 1, 0);
        add_shop(&db, 2, 0);
        let stop = AtomicBool::new(false);
        let copy = place.beside("copy.db");
        std::thread::scope(|scope| {
            scope.spawn(|| {
                // Both shops have the same stock after each transaction.
                let sql = "update shop set stock = stock + 1 where shop_id = $1";
                while !stop.load(Ordering::Relaxed) {
                    db.write_blocking(move |tx| {
                        tx.execute(sql, params![1])?;
                        tx.execute(sql, params![2])
                    })
                    .unwrap();
                }
            });
            db.backup(&copy).unwrap();
            stop.store(true, Ordering::Relaxed);
        });
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!place.beside("copy.db-wal").exists(), "a copy is one file");
        let store = Store::Sqlite { path: copy, durable: false };
        let restored = Db::open_with(Options { store, ..place.options() }, TABLES).unwrap();
        assert_eq!(restored.verify(), Ok(Vec::new()));
        assert!(stock(&restored, 1).is_some());
        assert_eq!(stock(&restored, 1), stock(&restored, 2));
    });
}

#[test]
fn a_backup_overwrites_nothing() {
    Place::with(Kind::Sqlite, |place| {
        let db = place.open();
        let copy = place.beside("copy.db");
        fs::write(&copy, "precious").unwrap();
        assert!(matches!(db.backup(&copy), Err(Error::File(_))));
        assert_eq!(fs::read(&copy).unwrap(), b"precious");
    });
}

#[test]
fn postgres_names_its_own_tool() {
    Place::with(Kind::Postgres, |place| {
        let refused = place.open().backup(&place.beside("copy.db")).unwrap_err();
        assert!(refused.to_string().contains("pg_dump"), "{refused}");
    });
}
