//! The move itself: what falls due on the way is run in order, each at its instant.

use db::{ClockMode, ClockState, Timestamp};

use super::{LAST, Move};
use crate::sandbox::edge::blocking;
use crate::sandbox::{Error, MAX_DUE};
use crate::{Platform, calls};

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

pub(in crate::sandbox) async fn set(platform: &Platform, mode: ClockMode) -> Result<(), Error> {
    let db = platform.db.clone();
    let epoch = db.clock().epoch();
    Ok(blocking(move || db.set_clock(ClockState { mode, epoch })).await?)
}
