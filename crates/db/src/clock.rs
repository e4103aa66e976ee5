//! The platform's clock: real, shifted or standing still. Only [`crate::Db::set_clock`] moves it.

use crate::{Error, FromColumn, Row};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

/// An instant in Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant at whole Unix seconds.
    pub const fn from_secs(secs: i64) -> Timestamp {
        Timestamp(secs * 1000)
    }

    /// Whole Unix seconds, rounded down.
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Unix milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant so many milliseconds later; earlier if negative.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Timestamp {
        Timestamp(self.0 + millis)
    }

    /// The instant so many seconds later; earlier if negative.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Timestamp {
        Timestamp(self.0 + secs * 1000)
    }

    /// Milliseconds since an earlier instant; negative if that one is later.
    pub const fn since(self, earlier: Timestamp) -> i64 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ms", self.0)
    }
}

impl FromColumn for Timestamp {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self, Error> {
        i64::from_column(row, column).map(Timestamp)
    }
}

/// How the platform's clock goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockMode {
    /// With the machine's clock, shifted by so many milliseconds.
    Running {
        /// Platform minus machine, in milliseconds.
        offset_ms: i64,
    },
    /// It stands still.
    Frozen {
        /// The instant it shows.
        at: Timestamp,
    },
}

/// All that is kept of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockState {
    /// How it goes.
    pub mode: ClockMode,
    /// Counts the worlds: a reset or a restore begins a new one, and cursors of another are void.
    pub epoch: i64,
}

/// The epoch of a fresh database.
const FIRST_EPOCH: i64 = 1;

/// The platform's clock: a cheap handle, and all clones show the same.
#[derive(Debug, Clone)]
pub struct Clock(Arc<RwLock<ClockState>>);

impl Clock {
    /// A clock that goes with the machine's.
    pub fn real() -> Clock {
        Clock::of(ClockMode::Running { offset_ms: 0 })
    }

    /// A clock that stands still.
    pub fn frozen(at: Timestamp) -> Clock {
        Clock::of(ClockMode::Frozen { at })
    }

    fn of(mode: ClockMode) -> Clock {
        Clock(Arc::new(RwLock::new(ClockState { mode, epoch: FIRST_EPOCH })))
    }

    /// The platform's present instant.
    pub fn now(&self) -> Timestamp {
        match self.state().mode {
            ClockMode::Running { offset_ms } => self.real_now().plus_millis(offset_ms),
            ClockMode::Frozen { at } => at,
        }
    }

    /// How the clock goes, and in which world.
    pub fn state(&self) -> ClockState {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the present world.
    pub fn epoch(&self) -> i64 {
        self.state().epoch
    }

    /// The machine's present instant: for leases, time-outs and durations only.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn real_now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    pub(crate) fn set(&self, state: ClockState) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_down_on_both_sides_of_zero() {
        assert_eq!(Timestamp(1999).secs(), 1);
        assert_eq!(Timestamp(-1).secs(), -1);
        assert_eq!(Timestamp::from_secs(3).plus_secs(-1).plus_millis(5), Timestamp(2005));
        assert_eq!(Timestamp(2005).since(Timestamp(5)), 2000);
    }

    #[test]
    fn all_clones_of_a_clock_show_the_same() {
        let clock = Clock::frozen(Timestamp(7));
        let other = clock.clone();
        clock.set(ClockState { mode: ClockMode::Frozen { at: Timestamp(9) }, epoch: 4 });
        assert_eq!((other.now(), other.epoch()), (Timestamp(9), 4));
    }

    #[test]
    fn a_running_clock_keeps_its_distance_from_the_machine() {
        let clock = Clock::real();
        clock.set(ClockState { mode: ClockMode::Running { offset_ms: 86_400_000 }, epoch: 1 });
        let distance = clock.now().since(clock.real_now());
        assert!((86_399_000..=86_400_000).contains(&distance), "{distance}");
    }
}
