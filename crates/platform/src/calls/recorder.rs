//! What was called, and what came of it: queued in memory, written about once a second.
//!
//! The queues are bounded and what finds no room is only counted, so that neither a busy account
//! nor an attacker without a token makes the store work for him.

use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use db::Timestamp;
use wire::ids::Rid;

use super::counts::{self, Counts, micros};
use super::{NOBODY, mask};
use crate::calendar;
use crate::ids::AccountId;

/// Failed calls of accounts that may wait for one flush.
const FAILED: usize = 4_096;
/// Failed calls that name no account, likewise: anybody can make them.
const NAMELESS: usize = 512;
/// Successful calls, likewise; as many as are kept of one account.
const SUCCEEDED: usize = 1_000;

/// A call that is over.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// Whose token or AppID it carried, if it is known.
    pub account: Option<AccountId>,
    /// The path in the endpoint table; empty for a path that is not in it.
    pub endpoint: &'static str,
    /// Its name.
    pub rid: Rid,
    /// When it began, by the platform's clock.
    pub at: Timestamp,
    /// The method.
    pub method: &'a str,
    /// The path as it was asked for.
    pub path: &'a str,
    /// The query, without `?`.
    pub query: &'a str,
    /// The body that came.
    pub request_body: &'a [u8],
    /// The official error code; 0 is success.
    pub errcode: i32,
    /// The body that went.
    pub response_body: &'a [u8],
    /// Who called.
    pub client_ip: IpAddr,
    /// How long it took, in real time.
    pub took: Duration,
}

db::row! {
    /// A call as it is kept: bodies cut at 16 KiB, secrets masked.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Kept {
        /// Its name.
        pub rid: String,
        /// When it began.
        pub at: Timestamp,
        /// The method.
        pub method: String,
        /// The path as it was asked for.
        pub path: String,
        /// The query, without `?`.
        pub query: String,
        /// The body that came.
        pub request_body: String,
        /// The official error code; 0 is success.
        pub errcode: i64,
        /// The body that went.
        pub response_body: String,
        /// Who called.
        pub client_ip: String,
        /// How long it took, in microseconds of real time.
        pub cost_micros: i64,
    }
}

/// Counts calls and keeps some of them until they are written down.
#[derive(Default)]
pub struct Recorder {
    pub(super) counts: Counts,
    failed: Waiting,
    nameless: Waiting,
    succeeded: Waiting,
    dropped: AtomicU64,
}

/// Calls of one sort that wait to be written.
#[derive(Default)]
struct Waiting(Mutex<Vec<(AccountId, Kept)>>);

impl Recorder {
    /// Nothing was called yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a call, and keeps it if there is room.
    pub fn record(&self, call: &Call<'_>) {
        let account = call.account.unwrap_or(NOBODY);
        let hour = calendar::hour(call.at);
        let key = counts::Key { account, endpoint: call.endpoint, hour, errcode: call.errcode };
        let counted = self.counts.add(key, call.took);
        let (waiting, capacity) = match (call.errcode, call.account) {
            (0, _) => (&self.succeeded, SUCCEEDED),
            (_, Some(_)) => (&self.failed, FAILED),
            (_, None) => (&self.nameless, NAMELESS),
        };
        let kept = waiting.keep(capacity, account, call);
        if !counted || (!kept && call.errcode != 0) {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Failed calls, and counts, that found no room since the start.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Takes what waits.
    pub(super) fn take(&self) -> Vec<(AccountId, Kept)> {
        let sorts = [&self.failed, &self.nameless, &self.succeeded];
        sorts.iter().flat_map(|waiting| waiting.take()).collect()
    }

    /// Notes calls that could not be written.
    pub(super) fn drop_calls(&self, calls: usize) {
        self.dropped.fetch_add(calls as u64, Ordering::Relaxed);
    }

    /// Forgets what waits: the world was emptied.
    pub(super) fn forget(&self) {
        drop(self.take());
        drop(self.counts.take());
    }
}

impl Waiting {
    /// `false`: there was no room.
    fn keep(&self, capacity: usize, account: AccountId, call: &Call<'_>) -> bool {
        // Asked first, since in a busy second most calls find no room and need no copy.
        if self.0.lock().expect("no panic under the lock").len() >= capacity {
            return false;
        }
        let kept = Kept::of(call);
        let mut waiting = self.0.lock().expect("no panic under the lock");
        let room = waiting.len() < capacity;
        if room {
            waiting.push((account, kept));
        }
        room
    }

    fn take(&self) -> Vec<(AccountId, Kept)> {
        std::mem::take(&mut *self.0.lock().expect("no panic under the lock"))
    }
}

impl Kept {
    fn of(call: &Call<'_>) -> Self {
        Self {
            rid: call.rid.to_string(),
            at: call.at,
            method: mask::storable(call.method),
            path: mask::storable(call.path),
            query: mask::storable(&mask::mask_query(call.query)),
            request_body: mask::mask_body(call.request_body),
            errcode: call.errcode.into(),
            response_body: mask::mask_body(call.response_body),
            client_ip: call.client_ip.to_canonical().to_string(),
            cost_micros: micros(call.took),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn call(account: Option<AccountId>, errcode: i32) -> Call<'static> {
        Call {
            account,
            endpoint: "/cgi-bin/token",
            rid: Rid::new(1, 2, 3),
            at: Timestamp(0),
            method: "GET",
            path: "/cgi-bin/token",
            query: "secret=abc",
            request_body: b"",
            errcode,
            response_body: br#"{"access_token":"t"}"#,
            client_ip: Ipv4Addr::LOCALHOST.into(),
            took: Duration::from_micros(7),
        }
    }

    #[test]
    fn calls_without_a_name_take_no_room_from_the_others() {
        let recorder = Recorder::new();
        for _ in 0..=NAMELESS {
            recorder.record(&call(None, 40_013));
        }
        recorder.record(&call(Some(AccountId(5)), 40_001));
        let kept = recorder.take();
        assert_eq!(kept.iter().filter(|(account, _)| *account == NOBODY).count(), NAMELESS);
        assert_eq!(kept.iter().filter(|(account, _)| *account == AccountId(5)).count(), 1);
        assert_eq!(recorder.dropped(), 1);
        let counted: i64 = recorder.counts.take().iter().map(|(_, sum)| sum.calls).sum();
        assert_eq!(counted, i64::try_from(NAMELESS).expect("small") + 2, "all are counted");
    }

    #[test]
    fn secrets_are_masked_before_they_wait() {
        let recorder = Recorder::new();
        recorder.record(&call(Some(AccountId(5)), 0));
        let kept = recorder.take();
        assert_eq!(kept[0].1.query, "secret=***");
        assert_eq!(kept[0].1.response_body, r#"{"access_token":"***"}"#);
    }
}
