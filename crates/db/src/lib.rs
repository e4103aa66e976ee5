//! Two databases, one SQL text.
//!
//! A transaction is a synchronous closure over [`Tx`]. SQLite runs it on one writer thread that
//! commits whole groups; PostgreSQL runs it on a pool of threads with one connection each, again
//! when it lost a conflict. Each statement is written once and checked to mean the same on SQLite,
//! PostgreSQL and a sharded PostgreSQL.

mod attempt;
mod call;
mod chance;
mod clock;
mod counters;
mod db;
mod error;
mod migrations;
mod options;
mod postgresql;
mod queue;
mod row;
mod running;
mod session;
mod sqlite;
mod statement;
mod tx;
mod value;

pub use clock::{Clock, ClockMode, ClockState, Timestamp};
pub use db::Db;
pub use error::{Error, OpenError, Result};
pub use migrations::{ALL as MIGRATIONS, By, Index, Migration, Step};
pub use options::{Engine, OnWake, Options, Store};
pub use row::{FromColumn, FromRow, Row, expect_columns};
pub use tx::{Tx, Wake};
pub use value::{Type, Typed, Value};
