//! "The account is typing": a state of seconds, kept in memory only.

use db::Timestamp;
use moka::ops::compute::{CompResult, Op};
use moka::sync::Cache;

use crate::ids::{AccountId, FollowerNo};

/// Seconds for which the client shows it (spec engagement 3.4).
pub const SHOWN_SECS: i64 = 15;
/// Conversations in which somebody types at the same moment; beyond it the oldest are forgotten.
const CAPACITY: u64 = 100_000;

/// Who is typing to whom, until when.
#[derive(Clone)]
pub struct Typing(Cache<(AccountId, FollowerNo), Timestamp>);

impl Typing {
    pub(crate) fn new() -> Self {
        Self(Cache::new(CAPACITY))
    }

    /// Begins; `false` if the account is typing already.
    pub(crate) fn begin(&self, account: AccountId, no: FollowerNo, now: Timestamp) -> bool {
        let began = self.0.entry((account, no)).and_compute_with(|present| match present {
            Some(until) if *until.value() > now => Op::Nop,
            _ => Op::Put(now.plus_secs(SHOWN_SECS)),
        });
        matches!(began, CompResult::Inserted(_) | CompResult::ReplacedWith(_))
    }

    /// Forgets everything: the world was emptied.
    pub(crate) fn clear(&self) {
        self.0.invalidate_all();
    }

    /// Ends, by cancelling or by a message.
    pub(crate) fn end(&self, account: AccountId, no: FollowerNo) {
        self.0.invalidate(&(account, no));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_begins_once_and_ends_by_itself() {
        let typing = Typing::new();
        let begin = |millis| typing.begin(AccountId(1), FollowerNo(0), Timestamp(millis));
        assert!(begin(0));
        assert!(!begin(0), "the clock may stand still");
        assert!(!begin(14_999));
        assert!(begin(15_000));
        typing.end(AccountId(1), FollowerNo(0));
        assert!(begin(15_001));
    }
}
