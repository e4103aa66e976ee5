//! The store: each rule of it on SQLite, on PostgreSQL, and on PostgreSQL with partitions.

#![expect(clippy::unwrap_used, reason = "a test says by panicking what went wrong")]

mod backup;
mod clock;
mod counters;
mod crash;
mod gate;
mod groups;
mod opening;
mod place;
mod plans;
mod postgres;
mod reading;
mod schema;
mod statements;
mod tables;
mod transactions;

/// Tests that run on every engine: beside each function stands a module with one test an engine.
/// The body gets a place for a database of its own.
macro_rules! on_each {
    ($(fn $name:ident($place:ident) $body:block)+) => {$(
        fn $name($place: &$crate::db::place::Place) $body

        mod $name {
            use $crate::db::place::{Kind, Place};

            #[test]
            fn sqlite() {
                Place::with(Kind::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                Place::with(Kind::Postgres, super::$name);
            }

            #[test]
            fn partitioned() {
                Place::with(Kind::Partitioned, super::$name);
            }
        }
    )+};
}
pub(crate) use on_each;
