//! The store: each rule of it on SQLite, on PostgreSQL, and on PostgreSQL with partitions.

mod backup;
mod clock;
mod counters;
mod crash;
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

/// Tests that run on every engine: each becomes a module with one test an engine. The body gets a
/// place for a database of its own.
macro_rules! on_each {
    ($($(#[$attribute:meta])* fn $name:ident($place:ident) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every fact needs all that its neighbours use")]
            use super::*;
            use crate::db::place::{Kind, Place};

            fn check($place: &Place) $body

            $(#[$attribute])*
            #[test]
            fn sqlite() {
                Place::with(Kind::Sqlite, check);
            }

            $(#[$attribute])*
            #[test]
            fn postgres() {
                Place::with(Kind::Postgres, check);
            }

            $(#[$attribute])*
            #[test]
            fn partitioned() {
                Place::with(Kind::Partitioned, check);
            }
        }
    )+};
}
pub(crate) use on_each;
