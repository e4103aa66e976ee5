//! How many calls had which outcome, for analysis: by account, endpoint, hour and error code.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use crate::ids::AccountId;

/// Sums held between two flushes; beyond it calls are only counted as dropped.
const CAPACITY: usize = 65_536;

/// What is summed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) account: AccountId,
    /// The path in the table; empty for a path that is not in it.
    pub(super) endpoint: &'static str,
    /// See [`crate::calendar::hour`].
    pub(super) hour: i64,
    /// 0 is success.
    pub(super) errcode: i32,
}

/// What was summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub(super) calls: i64,
    pub(super) total_micros: i64,
    pub(super) max_micros: i64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.total_micros = self.total_micros.saturating_add(other.total_micros);
        self.max_micros = self.max_micros.max(other.max_micros);
    }
}

/// The sums that no row holds yet.
#[derive(Default)]
pub(super) struct Counts(Mutex<HashMap<Key, Sum>>);

impl Counts {
    /// Counts a call. `false`: there was no room for it.
    pub(super) fn add(&self, key: Key, took: Duration) -> bool {
        let micros = micros(took);
        self.merge(key, Sum { calls: 1, total_micros: micros, max_micros: micros })
    }

    pub(super) fn take(&self) -> Vec<(Key, Sum)> {
        let sums = std::mem::take(&mut *self.0.lock().expect("no panic under the lock"));
        sums.into_iter().collect()
    }

    /// Takes back sums that could not be written.
    pub(super) fn put_back(&self, sums: &[(Key, Sum)]) {
        for (key, sum) in sums {
            self.merge(*key, *sum);
        }
    }

    fn merge(&self, key: Key, sum: Sum) -> bool {
        let mut sums = self.0.lock().expect("no panic under the lock");
        if sums.len() >= CAPACITY && !sums.contains_key(&key) {
            return false;
        }
        sums.entry(key).or_default().add(sum);
        true
    }
}

/// Whole microseconds.
pub(super) fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_one_outcome_are_summed_and_handed_out_once() {
        let counts = Counts::default();
        let key = |errcode| Key { account: AccountId(1), endpoint: "/a", hour: 7, errcode };
        for (errcode, micros) in [(0, 30), (0, 50), (40_001, 2)] {
            assert!(counts.add(key(errcode), Duration::from_micros(micros)));
        }
        let taken = counts.take();
        counts.put_back(&taken);
        counts.add(key(0), Duration::from_micros(10));
        let mut taken = counts.take();
        taken.sort_by_key(|(key, _)| key.errcode);
        let sums: Vec<_> =
            taken.iter().map(|(_, s)| (s.calls, s.total_micros, s.max_micros)).collect();
        assert_eq!(sums, [(3, 90, 50), (1, 2, 2)]);
        assert!(counts.take().is_empty());
    }
}
