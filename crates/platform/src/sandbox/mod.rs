//! The sandbox's own rules: moving the clock, emptying the world, the demo world.
//!
//! What its people do goes through the same functions as the client's.

pub mod clock;
pub mod demo;
pub mod reset;

mod edge;
mod store;

use db::Tx;

use crate::ids::PersonId;
use crate::people::{self, Person};

/// The topic that says that the world was emptied: every cursor and cache is void.
pub const TOPIC_RESET: &str = "world";

/// Items that one move of the clock may run on its way; more would keep the caller waiting for
/// minutes.
pub const MAX_DUE: i64 = 10_000;

/// Why the world stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The clock does not go backwards.
    #[error("the clock does not go backwards")]
    Backwards,
    /// Too much falls due on the way.
    #[error("more than {MAX_DUE} items fall due on the way")]
    TooMuchDue,
    /// An instant beyond the calendar.
    #[error("the instant is beyond the year 9999")]
    TooFar,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// People in the order in which they came, after one of them. It asks every shard.
pub fn list_people(
    tx: &mut Tx<'_>,
    after: Option<PersonId>,
    limit: i64,
) -> Result<Vec<Person>, db::Error> {
    people::store::list(tx, after.unwrap_or(PersonId(0)), limit)
}

/// People, newest first, those who came before `before`. It asks every shard.
pub fn list_newest_people(
    tx: &mut Tx<'_>,
    before: Option<PersonId>,
    limit: i64,
) -> Result<Vec<Person>, db::Error> {
    let ids = store::list_newest_people(tx, before.unwrap_or(PersonId(i64::MAX)), limit)?;
    let found = ids.into_iter().map(|id| people::find(tx, id));
    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}
