//! Pages of lists: a size, and a place to go on from.

use crate::problem::{Problem, Refused};

/// Items on a page of the client API, unless it is asked for fewer or more.
const DEFAULT: i64 = 50;
/// The most that it may ask for.
const MOST: i64 = 100;

/// The start of every list.
pub(crate) const START: &str = "0";

/// The size of a page of the client API.
pub(crate) fn limit(asked: Option<i64>) -> Refused<i64> {
    within(asked, DEFAULT, MOST)
}

/// The size of a page with other bounds.
pub(crate) fn within(asked: Option<i64>, default: i64, most: i64) -> Refused<i64> {
    let limit = asked.unwrap_or(default);
    if (1..=most).contains(&limit) { Ok(limit) } else { Err(Problem::PageSize { most }) }
}

/// The place after which a list goes on; `None` is its start.
pub(crate) fn after<T>(
    asked: Option<&str>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Refused<Option<T>> {
    match asked {
        None | Some(START) => Ok(None),
        Some(text) => parse(text).map(Some).ok_or(Problem::Cursor),
    }
}

/// Cuts a list that was asked for with one item more than the page takes; answers whether there
/// are more.
pub(crate) fn cut<T>(items: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).expect("limits are positive");
    let more = items.len() > limit;
    items.truncate(limit);
    more
}
