//! The steps between memory and store: taking a call, resetting, looking up.

use wire::ids::Rid;

use super::resets::{self, TOKEN};
use super::{Error, Kept, Limits, Reset, Taken, jobs, store};
use crate::Platform;
use crate::calendar;
use crate::ids::AccountId;

/// Counts a call of an account, or refuses it. `endpoint` is a path of the endpoint table.
pub async fn take(
    platform: &Platform,
    account: AccountId,
    endpoint: &'static str,
    limits: Limits,
) -> Result<Taken, db::Error> {
    loop {
        let (key, now) = ((account, endpoint), platform.db.clock().now());
        if let Some(taken) = platform.quotas.take(key, now, limits) {
            return Ok(taken);
        }
        // Not while counters are written: what is on its way to the row would be missed.
        let _not_meanwhile = platform.quotas.writing.lock().await;
        let day = calendar::day(now);
        let stored =
            platform.db.read(move |tx| store::find_used(tx, account, day, endpoint)).await?;
        platform.quotas.load(key, day, stored);
    }
}

/// How often an account called an endpoint today. Calls for tokens read 0, as they do officially.
pub async fn count_used(
    platform: &Platform,
    account: AccountId,
    endpoint: &'static str,
) -> Result<i64, db::Error> {
    if endpoint == TOKEN {
        return Ok(0);
    }
    let day = calendar::day(platform.db.clock().now());
    let _not_meanwhile = platform.quotas.writing.lock().await;
    let stored = platform.db.read(move |tx| store::find_used(tx, account, day, endpoint)).await?;
    Ok(stored + platform.quotas.unsaved((account, endpoint), day))
}

/// Resets quotas of an account.
pub async fn reset(platform: &Platform, account: AccountId, reset: Reset) -> Result<(), Error> {
    let _not_meanwhile = platform.quotas.writing.lock().await;
    platform.db.write(move |tx| resets::reset(tx, account, reset)).await?;
    // Other nodes hear of it with their next flush, within a second.
    platform.quotas.forget(|(of, endpoint)| of == account && reset.clears(endpoint));
    Ok(())
}

/// Finds a failed call of an account, what waits in memory included.
pub async fn find_failed(platform: &Platform, account: AccountId, rid: Rid) -> Result<Kept, Error> {
    jobs::flush(platform).await;
    platform.db.read(move |tx| super::find(tx, account, rid)).await
}
