//! How often each account called each endpoint today and in this minute.
//!
//! A call that is counted touches one lock of many and no database. What was counted is added to
//! the rows about once a second, and what other nodes have counted comes back with the same
//! statement; only the first touch of a day reads.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard};

use db::Timestamp;

use crate::calendar;
use crate::ids::AccountId;

/// Locks: enough that two calls seldom meet.
const SHARDS: usize = 64;
/// Counters a lock holds; beyond it one of them is written down and forgotten.
const SHARD_CAPACITY: usize = 4_096;
/// Flushes that an untouched counter outlives: two minutes, longer than its minute counts.
const IDLE_FLUSHES: u8 = 120;
const MINUTE_MILLIS: i64 = 60_000;

/// How often an endpoint may be called by one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Calls a day (UTC+8); `None` is no limit.
    pub daily: Option<u32>,
    /// Calls a minute of the platform's clock; `None` is no limit.
    pub minute: Option<u32>,
}

/// What came of asking for one more call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It may go on, and is counted.
    Ok,
    /// The calls of the day are used up (45009).
    DailyUsedUp,
    /// The calls of the minute are used up (45011).
    MinuteUsedUp,
}

/// What counts together.
pub(super) type Key = (AccountId, &'static str);

/// Calls that no row holds yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Increment {
    pub(super) account: AccountId,
    pub(super) endpoint: &'static str,
    pub(super) day: i64,
    /// 0 only asks what the row holds.
    pub(super) calls: i64,
}

/// The counters of this node.
pub struct Quotas {
    shards: Box<[Mutex<Shard>]>,
    hasher: RandomState,
    /// Held while counters are written down or reset, so that a reset forgets nothing that comes
    /// after it and nothing from before comes back.
    pub(super) writing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Shard {
    slots: HashMap<Key, Slot>,
    /// Increments of counters that were forgotten, or whose day is over.
    left: Vec<Increment>,
}

/// One counter.
struct Slot {
    day: i64,
    /// Calls of the day as the row held them, other nodes' included.
    stored: i64,
    /// Calls of the day that the row does not hold yet.
    unsaved: i64,
    minute: i64,
    minute_calls: u32,
    /// Asked since the last flush.
    touched: bool,
    idle: u8,
}

impl Quotas {
    /// No calls yet.
    #[expect(clippy::new_without_default, reason = "made once, by the platform")]
    pub fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::new(),
            writing: tokio::sync::Mutex::new(()),
        }
    }

    /// Counts a call, or refuses it. `None`: the day's row must be read first ([`Self::load`]).
    pub(super) fn take(&self, key: Key, now: Timestamp, limits: Limits) -> Option<Taken> {
        let (day, minute) = (calendar::day(now), now.0.div_euclid(MINUTE_MILLIS));
        let mut shard = self.shard(key);
        let slot = shard.slots.get_mut(&key).filter(|slot| slot.day == day)?;
        slot.touched = true;
        if slot.minute != minute {
            (slot.minute, slot.minute_calls) = (minute, 0);
        }
        if limits.minute.is_some_and(|limit| slot.minute_calls >= limit) {
            return Some(Taken::MinuteUsedUp);
        }
        if limits.daily.is_some_and(|limit| slot.used() >= i64::from(limit)) {
            return Some(Taken::DailyUsedUp);
        }
        slot.minute_calls = slot.minute_calls.saturating_add(1);
        slot.unsaved += 1;
        Some(Taken::Ok)
    }

    /// Begins a counter with what the day's row holds; one that another call has begun stays.
    pub(super) fn load(&self, key: Key, day: i64, stored: i64) {
        let mut shard = self.shard(key);
        if shard.slots.get(&key).is_some_and(|slot| slot.day == day) {
            return;
        }
        if let Some(over) = shard.slots.remove(&key) {
            shard.leave(key, &over);
        } else if shard.slots.len() >= SHARD_CAPACITY {
            shard.forget_one();
        }
        shard.slots.insert(key, Slot::new(day, stored));
    }

    /// Calls of a day that no row holds yet.
    pub(super) fn unsaved(&self, key: Key, day: i64) -> i64 {
        let shard = self.shard(key);
        let left = shard.left.iter().filter(|i| (i.account, i.endpoint) == key && i.day == day);
        let slot = shard.slots.get(&key).filter(|slot| slot.day == day);
        left.map(|increment| increment.calls).sum::<i64>() + slot.map_or(0, |slot| slot.unsaved)
    }

    /// Takes what is to be written down; counters that nobody asks for any more are forgotten.
    pub(super) fn take_increments(&self) -> Vec<Increment> {
        let mut increments = Vec::new();
        for shard in &self.shards {
            let mut shard = lock(shard);
            increments.append(&mut shard.left);
            shard.slots.retain(|key, slot| {
                if std::mem::take(&mut slot.touched) || slot.unsaved > 0 {
                    slot.idle = 0;
                    increments.push(slot.increment(*key));
                    slot.stored += std::mem::take(&mut slot.unsaved);
                } else {
                    slot.idle += 1;
                }
                slot.idle < IDLE_FLUSHES
            });
        }
        increments
    }

    /// What a row holds now that an increment was added.
    pub(super) fn note_stored(&self, increment: &Increment, stored: i64) {
        let key = (increment.account, increment.endpoint);
        if let Some(slot) = self.shard(key).slots.get_mut(&key)
            && slot.day == increment.day
        {
            slot.stored = stored;
        }
    }

    /// Takes back increments that could not be written, to be tried again.
    pub(super) fn put_back(&self, increments: &[Increment]) {
        for increment in increments.iter().filter(|increment| increment.calls > 0) {
            let key = (increment.account, increment.endpoint);
            let Shard { slots, left } = &mut *self.shard(key);
            match slots.get_mut(&key).filter(|slot| slot.day == increment.day) {
                Some(slot) => {
                    slot.stored -= increment.calls;
                    slot.unsaved += increment.calls;
                }
                None if left.len() < SHARD_CAPACITY => left.push(*increment),
                None => {} // the database has been away for long: a count is not worth more memory
            }
        }
    }

    /// Forgets the counters that `doomed` names, with what they have not written down.
    pub(super) fn forget(&self, doomed: impl Fn(Key) -> bool) {
        for shard in &self.shards {
            let mut shard = lock(shard);
            shard.slots.retain(|key, _| !doomed(*key));
            shard.left.retain(|increment| !doomed((increment.account, increment.endpoint)));
        }
    }

    fn shard(&self, key: Key) -> MutexGuard<'_, Shard> {
        let hash = self.hasher.hash_one(key);
        let index = usize::try_from(hash % SHARDS as u64).expect("shards are few");
        lock(&self.shards[index])
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().expect("no panic under the lock")
}

impl Shard {
    fn leave(&mut self, key: Key, slot: &Slot) {
        if slot.unsaved > 0 {
            self.left.push(slot.increment(key));
        }
    }

    fn forget_one(&mut self) {
        if let Some(key) = self.slots.keys().next().copied()
            && let Some(slot) = self.slots.remove(&key)
        {
            self.leave(key, &slot);
        }
    }
}

impl Slot {
    fn new(day: i64, stored: i64) -> Self {
        Self { day, stored, unsaved: 0, minute: 0, minute_calls: 0, touched: false, idle: 0 }
    }

    fn used(&self) -> i64 {
        self.stored + self.unsaved
    }

    fn increment(&self, (account, endpoint): Key) -> Increment {
        Increment { account, endpoint, day: self.day, calls: self.unsaved }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = (AccountId(1), "/cgi-bin/token");
    const NOON: Timestamp = Timestamp(1_767_240_000_000);
    const NO_LIMITS: Limits = Limits { daily: None, minute: None };

    fn loaded(stored: i64) -> Quotas {
        let quotas = Quotas::new();
        assert_eq!(quotas.take(KEY, NOON, NO_LIMITS), None, "the row comes first");
        quotas.load(KEY, calendar::day(NOON), stored);
        quotas
    }

    #[test]
    fn the_day_is_used_up_after_its_last_call_and_begins_anew() {
        let quotas = loaded(8);
        let limits = Limits { daily: Some(10), minute: None };
        let takes: Vec<_> = (0..3).map(|_| quotas.take(KEY, NOON, limits)).collect();
        assert_eq!(takes, [Some(Taken::Ok), Some(Taken::Ok), Some(Taken::DailyUsedUp)]);
        let tomorrow = calendar::next_day(NOON);
        assert_eq!(quotas.take(KEY, tomorrow, limits), None);
        quotas.load(KEY, calendar::day(tomorrow), 0);
        assert_eq!(quotas.take(KEY, tomorrow, limits), Some(Taken::Ok));
        let mut written: Vec<_> =
            quotas.take_increments().iter().map(|increment| increment.calls).collect();
        written.sort_unstable();
        assert_eq!(written, [1, 2], "both days are written");
    }

    #[test]
    fn a_minute_begins_anew_by_the_platforms_clock() {
        let quotas = loaded(0);
        let limits = Limits { daily: None, minute: Some(2) };
        let take = |secs| quotas.take(KEY, NOON.plus_secs(secs), limits);
        assert_eq!((take(0), take(59)), (Some(Taken::Ok), Some(Taken::Ok)));
        assert_eq!(take(59), Some(Taken::MinuteUsedUp));
        assert_eq!(take(60), Some(Taken::Ok));
    }

    #[test]
    fn what_other_nodes_counted_comes_back_with_a_flush() {
        let quotas = loaded(0);
        let limits = Limits { daily: Some(5), minute: None };
        quotas.take(KEY, NOON, limits);
        let increments = quotas.take_increments();
        assert_eq!(increments.iter().map(|i| i.calls).collect::<Vec<_>>(), [1]);
        quotas.note_stored(&increments[0], 5);
        assert_eq!(quotas.take(KEY, NOON, limits), Some(Taken::DailyUsedUp));
        let asking = quotas.take_increments();
        assert_eq!(asking[0].calls, 0, "a refused call asks whether that is still so");
        quotas.note_stored(&asking[0], 0);
        assert_eq!(quotas.take(KEY, NOON, limits), Some(Taken::Ok));
    }

    #[test]
    fn what_could_not_be_written_is_kept_and_counts() {
        let quotas = loaded(0);
        let limits = Limits { daily: Some(2), minute: None };
        quotas.take(KEY, NOON, limits);
        let increments = quotas.take_increments();
        quotas.put_back(&increments);
        assert_eq!(quotas.unsaved(KEY, calendar::day(NOON)), 1);
        assert_eq!(quotas.take(KEY, NOON, limits), Some(Taken::Ok));
        assert_eq!(quotas.take(KEY, NOON, limits), Some(Taken::DailyUsedUp));
    }

    #[test]
    fn a_full_table_forgets_but_loses_no_call() {
        let quotas = Quotas::new();
        let day = calendar::day(NOON);
        let many = i64::try_from(SHARDS * SHARD_CAPACITY + 10_000).expect("small");
        for account in 0..many {
            let key = (AccountId(account), "/cgi-bin/token");
            quotas.load(key, day, 0);
            assert_eq!(quotas.take(key, NOON, NO_LIMITS), Some(Taken::Ok));
        }
        let held: usize = quotas.shards.iter().map(|shard| lock(shard).slots.len()).sum();
        assert!(held <= SHARDS * SHARD_CAPACITY);
        let written: i64 = quotas.take_increments().iter().map(|i| i.calls).sum();
        assert_eq!(written, many);
    }

    #[test]
    fn an_untouched_counter_is_forgotten_after_a_while() {
        let quotas = loaded(0);
        for _ in 0..IDLE_FLUSHES {
            assert!(quotas.take_increments().is_empty());
        }
        assert_eq!(quotas.take(KEY, NOON, NO_LIMITS), None);
    }
}
