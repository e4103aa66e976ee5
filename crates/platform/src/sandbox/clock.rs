//! Moving the platform's clock: what falls due on the way is run in order, each at its instant.

use std::time::Duration;

use db::{ClockMode, ClockState, Timestamp};

use super::{Error, MAX_DUE, blocking};
use crate::{Platform, calls};

/// The last instant that the clock takes: the end of the year 9999, in Unix milliseconds.
const LAST: Timestamp = Timestamp(253_402_300_799_999);

/// Where the clock is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// So much further.
    Advance(Duration),
    /// To an instant.
    Set(Timestamp),
    /// To the machine's clock, and on with it.
    Real,
}

/// Moves the clock and answers where it stands then. One move at a time: the caller sees to it.
///
/// A clock that goes goes on from there; one that stands still stands still there.
pub async fn go(platform: &Platform, to: Move) -> Result<Timestamp, Error> {
    let clock = platform.db.clock();
    let now = clock.now();
    let target = match to {
        Move::Advance(by) => i64::try_from(by.as_millis())
            .ok()
            .and_then(|millis| now.millis().checked_add(millis))
            .map_or(Timestamp(i64::MAX), Timestamp),
        Move::Set(at) => at,
        Move::Real => clock.real_now(),
    };
    check(platform, now, target).await?;
    // What was counted so far belongs to the day that is left behind.
    calls::jobs::flush(platform).await;
    while let Some(due) = next_due(platform, target).await? {
        show(platform, due.max(clock.now())).await?;
        platform.engine().drain().await?;
    }
    match to {
        Move::Real => set(platform, ClockMode::Running { offset_ms: 0 }).await?,
        Move::Advance(_) | Move::Set(_) => show(platform, target.max(clock.now())).await?,
    }
    Ok(clock.now())
}

async fn check(platform: &Platform, now: Timestamp, target: Timestamp) -> Result<(), Error> {
    if target < now {
        return Err(Error::Backwards);
    }
    if target > LAST {
        return Err(Error::TooFar);
    }
    if platform.engine().count_due(target).await? > MAX_DUE {
        return Err(Error::TooMuchDue);
    }
    Ok(())
}

async fn next_due(platform: &Platform, until: Timestamp) -> Result<Option<Timestamp>, Error> {
    let due = platform.engine().find_next_due().await?;
    Ok(due.filter(|due| *due <= until))
}

/// Lets the clock show an instant and go on as it goes.
async fn show(platform: &Platform, at: Timestamp) -> Result<(), Error> {
    let clock = platform.db.clock();
    let mode = match clock.state().mode {
        ClockMode::Running { .. } => ClockMode::Running { offset_ms: at.since(clock.real_now()) },
        ClockMode::Frozen { .. } => ClockMode::Frozen { at },
    };
    set(platform, mode).await
}

pub(super) async fn set(platform: &Platform, mode: ClockMode) -> Result<(), Error> {
    let db = platform.db.clone();
    let epoch = db.clock().epoch();
    Ok(blocking(move || db.set_clock(ClockState { mode, epoch })).await?)
}

/// Reads a duration such as `3d4h` or `90s`: whole numbers of `d`, `h`, `m`, `s` and `ms`, in any
/// order, at least one. `None` for anything else.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut total = Duration::ZERO;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let letters = after.find(|letter: char| letter.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let millis = number.parse::<u64>().ok()?.checked_mul(millis_of(unit)?)?;
        total = total.checked_add(Duration::from_millis(millis))?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

fn millis_of(unit: &str) -> Option<u64> {
    match unit {
        "d" => Some(86_400_000),
        "h" => Some(3_600_000),
        "m" => Some(60_000),
        "s" => Some(1_000),
        "ms" => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_numbers_with_units() {
        let secs = |text| parse_duration(text).map(|duration| duration.as_secs());
        assert_eq!(secs("3d4h"), Some(3 * 86_400 + 4 * 3_600));
        assert_eq!(secs("90s"), Some(90));
        assert_eq!(secs("1m30s"), Some(90));
        assert_eq!(secs("0s"), Some(0));
        assert_eq!(parse_duration("1500ms"), Some(Duration::from_millis(1_500)));
    }

    #[test]
    fn other_texts_are_no_durations() {
        for text in ["", "3", "d", "3 d", "-3d", "3w", "1.5h", "3d4", "茶", "99999999999999999999d"]
        {
            assert_eq!(parse_duration(text), None, "{text}");
        }
        assert_eq!(parse_duration("300000000000d"), None, "more than 64 bits of milliseconds");
    }
}
