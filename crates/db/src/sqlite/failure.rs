//! SQLite's errors in our words.

use crate::Error;
use rusqlite::ErrorCode;
use rusqlite::ffi;

/// What an error of SQLite means to a caller.
pub(super) fn failure(error: &rusqlite::Error) -> Error {
    let words = error.to_string();
    match error.sqlite_extended_error_code() {
        Some(
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => return Error::UniqueViolation,
        // A value of another type than the column's, which PostgreSQL does not call a constraint.
        Some(ffi::SQLITE_CONSTRAINT_DATATYPE) => return Error::Statement(words),
        _ => {}
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => Error::ConstraintViolation(words),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Corrupt(words),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy,
        Some(ErrorCode::ReadOnly) => Error::ReadOnly,
        _ => Error::Statement(words),
    }
}
