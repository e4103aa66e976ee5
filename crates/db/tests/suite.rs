//! The store's part of the integration suite, alone.

#[path = "../../server/tests/suite/db/mod.rs"]
mod db;
