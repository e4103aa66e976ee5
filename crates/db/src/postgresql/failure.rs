//! PostgreSQL's errors in our words.

use crate::Error;
use postgres::error::SqlState;
use std::error::Error as _;

/// What an engine's failure asks of the worker, whatever the closure made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Another transaction was in the way: run it again.
    Conflict,
    /// A prepared statement no longer fits the tables: prepare anew and run it again.
    StalePlan,
    /// The connection is gone: connect anew and run it again.
    Lost,
}

/// An error's words: the server's, or the driver's with their cause.
pub(super) fn words(error: &postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(answer), _) => answer.message().to_owned(),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}

/// What an error means to the worker, if it is not the closure's own affair.
pub(super) fn trouble(error: &postgres::Error) -> Option<Trouble> {
    // Without an answer of the server it is the connection: what is sent was checked before.
    let Some(answer) = error.as_db_error() else { return Some(Trouble::Lost) };
    let stale = answer.message().contains("cached plan must not change result type");
    match *answer.code() {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            Some(Trouble::Conflict)
        }
        SqlState::FEATURE_NOT_SUPPORTED if stale => Some(Trouble::StalePlan),
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => {
            Some(Trouble::Lost)
        }
        // "08": the class of connection exceptions.
        ref code if code.code().starts_with("08") => Some(Trouble::Lost),
        _ => None,
    }
}

/// What an error means to a caller.
pub(super) fn failure(error: &postgres::Error) -> Error {
    let words = words(error);
    let Some(answer) = error.as_db_error() else { return Error::Unreachable(words) };
    match *answer.code() {
        SqlState::UNIQUE_VIOLATION => Error::UniqueViolation,
        SqlState::LOCK_NOT_AVAILABLE
        | SqlState::QUERY_CANCELED
        | SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED => Error::Busy,
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => Error::Corrupt(words),
        SqlState::READ_ONLY_SQL_TRANSACTION => Error::ReadOnly,
        // "23": the class of constraint violations.
        ref code if code.code().starts_with("23") => Error::ConstraintViolation(words),
        _ => Error::Statement(words),
    }
}
