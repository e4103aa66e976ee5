//! Numbers leased in blocks. A number is given once, even if the transaction that took it rolls
//! back: blocks are leased outside the closures, and what was taken is never put back.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Numbers in one lease: few writes to the counter's row, and little lost when a node stops.
const BLOCK: i64 = 1000;

/// A lease that a transaction needs before it can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) counter: &'static str,
    pub(crate) count: u32,
}

impl Wanted {
    /// The size of the block to lease.
    pub(crate) fn block(self) -> i64 {
        BLOCK.max(i64::from(self.count))
    }
}

/// Leases a block: the statement answers the first number after it.
pub(crate) const LEASE: &str = "insert into counter (name, next_number) values ($1, $2 + 1) \
     on conflict (name) do update set next_number = counter.next_number + $2 \
     returning next_number";

/// What this node holds of each counter.
#[derive(Default)]
pub(crate) struct Counters(Mutex<HashMap<&'static str, Vec<Range<i64>>>>);

impl Counters {
    /// Takes consecutive numbers, if the node holds as many.
    pub(crate) fn take(&self, wanted: Wanted) -> Option<Range<i64>> {
        let count = i64::from(wanted.count);
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let blocks = counters.get_mut(wanted.counter)?;
        let block = blocks.iter_mut().find(|block| block.end - block.start >= count)?;
        let taken = block.start..block.start + count;
        block.start = taken.end;
        blocks.retain(|block| !block.is_empty());
        Some(taken)
    }

    /// The counters in use of which the node holds fewer numbers than that.
    pub(crate) fn list_short_of(&self, count: u32) -> Vec<&'static str> {
        let counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = |blocks: &[Range<i64>]| blocks.iter().map(|block| block.end - block.start).sum();
        let short = |blocks: &[Range<i64>]| i64::from(count) > held(blocks);
        counters.iter().filter(|(_, blocks)| short(blocks)).map(|(counter, _)| *counter).collect()
    }

    /// Adds a leased block that ends before `next_number`.
    pub(crate) fn add(&self, wanted: Wanted, next_number: i64) {
        let fresh = next_number - wanted.block()..next_number;
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let blocks = counters.entry(wanted.counter).or_default();
        match blocks.last_mut() {
            Some(last) if last.end == fresh.start => last.end = fresh.end,
            _ => blocks.push(fresh),
        }
    }

    /// Forgets what is held of these counters, because the commit that leased it failed.
    pub(crate) fn drop_blocks(&self, leased: &[&'static str]) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for counter in leased {
            counters.remove(counter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Wanted = Wanted { counter: "message", count: 1 };

    #[test]
    fn numbers_come_in_order_and_blocks_join() {
        let counters = Counters::default();
        assert_eq!(counters.take(ONE), None);
        counters.add(ONE, 1001);
        counters.add(ONE, 2001);
        let many = Wanted { counter: "message", count: 1500 };
        assert_eq!(counters.take(many), Some(1..1501));
        assert_eq!(counters.take(ONE), Some(1501..1502));
        assert_eq!(counters.take(Wanted { counter: "other", count: 1 }), None);
    }

    #[test]
    fn a_gap_left_by_another_node_splits_the_blocks() {
        let counters = Counters::default();
        counters.add(ONE, 1001);
        counters.add(ONE, 3001);
        assert_eq!(counters.take(Wanted { counter: "message", count: 1001 }), None);
        assert_eq!(counters.take(Wanted { counter: "message", count: 1000 }), Some(1..1001));
        assert_eq!(counters.take(ONE), Some(2001..2002));
    }

    #[test]
    fn dropped_blocks_are_not_given() {
        let counters = Counters::default();
        counters.add(ONE, 1001);
        counters.drop_blocks(&["message"]);
        assert_eq!(counters.take(ONE), None);
    }

    #[test]
    fn a_large_want_leases_a_large_block() {
        assert_eq!(ONE.block(), 1000);
        assert_eq!(Wanted { counter: "message", count: 5000 }.block(), 5000);
    }
}
