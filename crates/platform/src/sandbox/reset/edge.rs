//! Emptying the world, step by step.

use std::time::Duration;

use bus::Wake;
use db::ClockMode;

use super::Keep;
use crate::sandbox::edge::blocking;
use crate::sandbox::{Error, TOPIC_RESET, clock, store};
use crate::{Platform, calls};

/// How long running deliveries are waited for, in real time. What comes later changes nothing:
/// its job is gone, and without it no answer is taken.
const WAIT: Duration = Duration::from_secs(5);

/// Empties the world: a new epoch begins, in which no cursor of the former one is valid.
///
/// A clock that was moved goes with the machine's again; one that stands still (a test's) stays
/// where it is. Files that nothing uses any more are swept later.
pub async fn reset(platform: &Platform, keep: Keep) -> Result<(), Error> {
    if let Ok(drained) = tokio::time::timeout(WAIT, platform.engine().drain()).await {
        drained?;
    }
    wipe(platform, keep).await?;
    calls::jobs::forget(platform).await;
    platform.accounts.clear();
    platform.typing.clear();
    if let ClockMode::Running { .. } = platform.db.clock().state().mode {
        clock::set(platform, ClockMode::Running { offset_ms: 0 }).await?;
    }
    platform.bus.publish(&[Wake { topic: TOPIC_RESET, key: 0, about: 0, number: 0 }]);
    Ok(())
}

async fn wipe(platform: &Platform, keep: Keep) -> Result<(), Error> {
    let db = platform.db.clone();
    blocking(move || db.wipe(keep.tables())).await?;
    if keep == Keep::Accounts {
        platform.db.write(store::forget_followers).await?;
    }
    Ok(())
}
