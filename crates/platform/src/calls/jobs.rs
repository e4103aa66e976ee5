//! Writing down what calls left in memory, and removing what has become old.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use db::{Error, Tx};
use tokio::time::{Instant, MissedTickBehavior};

use super::quotas::Increment;
use super::{KEPT_SECS, Kept, NOBODY, store};
use crate::ids::AccountId;
use crate::{Platform, calendar};

/// Between two flushes: what a crash may lose, and how late other nodes hear of calls.
const FLUSH_EVERY: Duration = Duration::from_secs(1);
/// Between two searches for what has become old.
const SWEEP_EVERY: Duration = Duration::from_secs(3_600);
/// Rows a transaction, so that nobody else waits long for the writer.
const CHUNK: usize = 500;
/// Accounts found, or calls removed, by one statement of the sweep.
const PAGE: i64 = 500;
/// Days of quotas that are kept; more than calls, so that every account with calls is found.
const QUOTA_DAYS: i64 = 9;

/// Flushes once a second and sweeps once an hour, for as long as the node lives.
pub async fn flush_forever(platform: Platform) {
    let mut ticks = tokio::time::interval(FLUSH_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sweep_at = Instant::now();
    loop {
        let tick = ticks.tick().await;
        flush(&platform).await;
        if tick >= sweep_at {
            sweep_at = tick + SWEEP_EVERY;
            if let Err(error) = sweep(&platform).await {
                tracing::warn!(%error, "could not remove old calls");
            }
        }
    }
}

/// Writes down everything that waits: before a look-up, a move of the clock, a stop.
pub async fn flush(platform: &Platform) {
    let _alone = platform.quotas.writing.lock().await;
    if let Err(error) = flush_quotas(platform).await {
        tracing::warn!(%error, "could not write how often endpoints were called");
    }
    if let Err(error) = flush_counts(platform).await {
        tracing::warn!(%error, "could not write the counts of calls");
    }
    if let Err(error) = flush_calls(platform).await {
        tracing::warn!(%error, "could not write calls");
    }
}

/// Forgets everything that waits and all counters: the world was emptied.
pub async fn forget(platform: &Platform) {
    let _alone = platform.quotas.writing.lock().await;
    platform.quotas.forget(|_| true);
    platform.recorder.forget();
}

async fn flush_quotas(platform: &Platform) -> Result<(), Error> {
    let mut failure = Ok(());
    for chunk in chunks(&platform.quotas.take_increments()) {
        let rows = chunk.clone();
        let written = platform.db.write(move |tx| {
            rows.iter().map(|row| store::add_used(tx, row)).collect::<Result<Vec<i64>, Error>>()
        });
        match written.await {
            Ok(stored) => note_stored(platform, &chunk, &stored),
            Err(error) => {
                platform.quotas.put_back(&chunk);
                failure = Err(error);
            }
        }
    }
    failure
}

fn note_stored(platform: &Platform, increments: &[Increment], stored: &[i64]) {
    for (increment, stored) in increments.iter().zip(stored) {
        platform.quotas.note_stored(increment, *stored);
    }
}

async fn flush_counts(platform: &Platform) -> Result<(), Error> {
    let mut failure = Ok(());
    for chunk in chunks(&platform.recorder.counts.take()) {
        let rows = chunk.clone();
        let written = platform
            .db
            .write(move |tx| rows.iter().try_for_each(|(key, sum)| store::add_count(tx, key, sum)));
        if let Err(error) = written.await {
            platform.recorder.counts.put_back(&chunk);
            failure = Err(error);
        }
    }
    failure
}

async fn flush_calls(platform: &Platform) -> Result<(), Error> {
    let mut by_account: HashMap<(AccountId, bool), Vec<Kept>> = HashMap::new();
    for (account, kept) in platform.recorder.take() {
        by_account.entry((account, kept.errcode != 0)).or_default().push(kept);
    }
    let mut failure = Ok(());
    for ((account, failed), calls) in by_account {
        let written = write_calls(platform, account, failed, calls).await;
        failure = failure.and(written);
    }
    failure
}

async fn write_calls(
    platform: &Platform,
    account: AccountId,
    failed: bool,
    calls: Vec<Kept>,
) -> Result<(), Error> {
    let mut failure = Ok(());
    for chunk in chunks(&calls) {
        let rows = chunk.clone();
        let written = platform.db.write(move |tx| {
            store::insert_calls(tx, account, failed, &rows)?;
            store::trim_calls(tx, account, failed)
        });
        if let Err(error) = written.await {
            platform.recorder.drop_calls(chunk.len());
            failure = Err(error);
        }
    }
    failure
}

/// Removes the calls and quotas of long ago, account by account.
pub async fn sweep(platform: &Platform) -> Result<(), Error> {
    sweep_account(platform, NOBODY).await?;
    let mut after = NOBODY;
    loop {
        let page = platform.db.read(move |tx| store::list_callers(tx, after, PAGE)).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = *last;
        for account in page {
            sweep_account(platform, account).await?;
        }
    }
}

async fn sweep_account(platform: &Platform, account: AccountId) -> Result<(), Error> {
    let remove = move |tx: &mut Tx<'_>| {
        let oldest = tx.now().plus_secs(-KEPT_SECS);
        store::remove_calls_before(tx, account, oldest, PAGE)
    };
    while platform.db.write(remove).await? > 0 {}
    platform
        .db
        .write(move |tx| {
            let oldest = calendar::day(tx.now()) - QUOTA_DAYS;
            store::remove_quotas_before(tx, account, oldest)
        })
        .await
}

fn chunks<T: Clone>(rows: &[T]) -> Vec<Arc<[T]>> {
    rows.chunks(CHUNK).map(Arc::from).collect()
}
