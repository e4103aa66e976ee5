//! How far back a poll has to look.
//!
//! An owner whom one poll has called stays called until nothing of his is due or a claim fails, so
//! the next needs only what fell due since then: else every poll would read the whole backlog of a
//! dead server. After a failed claim the engine begins anew with a poll that looks at everything.

use db::Timestamp;

/// How far a poll looks behind the one before: a transaction may commit so long after the instant
/// that its job bears.
const OVERLAP_SECS: i64 = 10;
/// Polls after which one looks at everything, for what has slipped through all the same.
const WHOLE_EVERY: u32 = 60;

/// What the last poll saw.
#[derive(Debug, Default)]
pub(crate) struct Poll {
    until: Timestamp,
    ranges: Vec<(i64, i64)>,
    /// Polls until one looks at everything; at first none.
    left: u32,
}

impl Poll {
    /// The instant after which jobs must have fallen due to be looked for. Everything is looked
    /// at when other buckets are held than before and when the clock was set back.
    pub(crate) fn since(&self, now: Timestamp, ranges: &[(i64, i64)]) -> Timestamp {
        if self.left == 0 || self.ranges != ranges || now < self.until {
            return Timestamp(i64::MIN);
        }
        self.until.plus_secs(-OVERLAP_SECS)
    }

    /// Notes that all was seen that was due at an instant.
    pub(crate) fn looked(&mut self, now: Timestamp, ranges: Vec<(i64, i64)>) {
        let whole = self.since(now, &ranges) == Timestamp(i64::MIN);
        self.left = if whole { WHOLE_EVERY } else { self.left - 1 };
        self.until = now;
        self.ranges = ranges;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[(i64, i64)] = &[(0, 63)];
    const WHOLE: Timestamp = Timestamp(i64::MIN);

    fn looked_at(millis: i64) -> Poll {
        let mut poll = Poll::default();
        poll.looked(Timestamp(millis), ALL.to_vec());
        poll
    }

    #[test]
    fn the_first_poll_looks_at_everything_and_the_next_a_little_behind_it() {
        assert_eq!(Poll::default().since(Timestamp(50_000), ALL), WHOLE);
        assert_eq!(looked_at(50_000).since(Timestamp(51_000), ALL), Timestamp(40_000));
    }

    #[test]
    fn other_buckets_or_a_clock_set_back_need_a_whole_look() {
        assert_eq!(looked_at(50_000).since(Timestamp(51_000), &[(0, 31)]), WHOLE);
        assert_eq!(looked_at(50_000).since(Timestamp(49_999), ALL), WHOLE);
    }

    #[test]
    fn now_and_then_a_poll_looks_at_everything() {
        let mut poll = looked_at(0);
        let mut whole = 0;
        for second in 1..=i64::from(WHOLE_EVERY) * 2 + 1 {
            let now = Timestamp(second * 1_000);
            whole += u32::from(poll.since(now, ALL) == WHOLE);
            poll.looked(now, ALL.to_vec());
        }
        assert_eq!(whole, 1);
    }
}
