//! The end of media: expiry of a row, and the sweep of files that nobody uses.

use std::time::Duration;

use db::{Error, Timestamp, Tx};
use files::Hash;
use jobs::{Claimed, Done, Failure, NewJob};
use serde::{Deserialize, Serialize};
use tokio::time::MissedTickBehavior;

use super::{Media, Upload, store};
use crate::Platform;
use crate::ids::{AccountId, MediaNo, PersonId, UploadNo};

/// The kind of the job that ends a file's row; its owner is the account or the person.
pub(crate) const EXPIRE: &str = "media_expire";

/// A file that was put so lately, in real time, may still be waiting for its row.
const FRESH: Duration = Duration::from_secs(3_600);
/// Files that nobody uses are left alone for so long, in real time.
const ORPHAN_AGE: Duration = Duration::from_secs(86_400);
/// Between two sweeps.
const SWEEP_EVERY: Duration = Duration::from_secs(86_400);
/// Files asked for by one transaction of the sweep.
const CHUNK: usize = 200;

/// Whose row ends.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Ending {
    Media(i64),
    Upload(i64),
}

pub(super) fn enqueue_media(tx: &mut Tx<'_>, media: &Media) -> Result<(), Error> {
    enqueue(tx, media.account.0, Ending::Media(media.no.0), media.expires_at)
}

pub(super) fn enqueue_upload(tx: &mut Tx<'_>, upload: &Upload) -> Result<(), Error> {
    enqueue(tx, upload.person.0, Ending::Upload(upload.no.0), upload.expires_at)
}

fn enqueue(tx: &mut Tx<'_>, owner: i64, ending: Ending, due_at: Timestamp) -> Result<(), Error> {
    let body = serde_json::to_string(&ending).expect("a number is JSON");
    jobs::enqueue(tx, &NewJob { owner, kind: EXPIRE, version: 1, body, due_at })?;
    Ok(())
}

/// Removes the row, and the file if nobody else uses it.
pub(crate) async fn expire(platform: Platform, job: Claimed) -> Result<Done, Failure> {
    let ending: Ending =
        serde_json::from_str(&job.body).map_err(|error| Failure(error.to_string()))?;
    let owner = job.owner;
    let hash = platform.db.write(move |tx| remove_row(tx, owner, ending)).await?;
    if let Some(hash) = hash {
        remove_unused(&platform, hash, FRESH).await.map_err(|e| Failure(e.to_string()))?;
    }
    Ok(Done::Remove)
}

/// The file of the row that was removed, if it was still there.
fn remove_row(tx: &mut Tx<'_>, owner: i64, ending: Ending) -> Result<Option<Hash>, Error> {
    match ending {
        Ending::Media(no) => {
            let (account, no) = (AccountId(owner), MediaNo(no));
            let Some(media) = store::find(tx, account, no)? else { return Ok(None) };
            store::remove(tx, account, no)?;
            store::remove_use(tx, &media.hash, store::USE_MEDIA, (owner, no.0))?;
            Ok(Some(media.hash))
        }
        Ending::Upload(no) => {
            let (person, no) = (PersonId(owner), UploadNo(no));
            let Some(upload) = store::find_upload(tx, person, no)? else { return Ok(None) };
            store::remove_upload(tx, person, no)?;
            store::remove_use(tx, &upload.hash, store::USE_UPLOAD, (owner, no.0))?;
            Ok(Some(upload.hash))
        }
    }
}

/// Deletes a file that no row names, unless somebody has put it just now.
async fn remove_unused(
    platform: &Platform,
    hash: Hash,
    age: Duration,
) -> Result<bool, super::Error> {
    if platform.db.read(move |tx| store::is_used(tx, &hash)).await? {
        return Ok(false);
    }
    Ok(platform.files.delete_older_than(&hash, age).await?)
}

/// Sweeps at once and then every day, for as long as the node lives.
pub async fn sweep_forever(platform: Platform) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = sweep(&platform, ORPHAN_AGE).await {
            tracing::warn!(%error, "could not remove files that nobody uses");
        }
    }
}

/// Removes files that nobody uses and nobody has put for `age` of real time; answers how many.
pub async fn sweep(platform: &Platform, age: Duration) -> Result<usize, super::Error> {
    let mut removed = 0;
    for first_byte in 0..=u8::MAX {
        let stored = platform.files.list(first_byte).await?;
        let old: Vec<Hash> =
            stored.iter().filter(|file| file.age >= age).map(|file| file.hash).collect();
        for chunk in old.chunks(CHUNK) {
            removed += sweep_chunk(platform, chunk.to_vec(), age).await?;
        }
        platform.files.remove_leftovers(first_byte).await?;
    }
    Ok(removed)
}

async fn sweep_chunk(
    platform: &Platform,
    hashes: Vec<Hash>,
    age: Duration,
) -> Result<usize, super::Error> {
    let unused = platform.db.read(move |tx| list_unused(tx, &hashes)).await?;
    let mut removed = 0;
    for hash in unused {
        removed += usize::from(remove_unused(platform, hash, age).await?);
    }
    Ok(removed)
}

fn list_unused(tx: &mut Tx<'_>, hashes: &[Hash]) -> Result<Vec<Hash>, Error> {
    let mut unused = Vec::new();
    for hash in hashes {
        if !store::is_used(tx, hash)? {
            unused.push(*hash);
        }
    }
    Ok(unused)
}
