//! The job that erases a removed account, a piece at a time.

use jobs::{Claimed, Done, Failure};

use super::store::{self, STATEMENTS};
use crate::Platform;
use crate::ids::AccountId;
use crate::media;

/// The kind of the job; its owner is the account.
pub(crate) const ERASE: &str = "account_erase";

/// Rows a transaction, so that nobody else waits long for the writer.
const CHUNK: i64 = 1_000;

/// Runs the job; what is erased already is not found again by another attempt.
pub(crate) async fn erase(platform: Platform, job: Claimed) -> Result<Done, Failure> {
    let account = AccountId(job.owner);
    while !platform.db.write(move |tx| store::erase_followers(tx, account, CHUNK)).await? {}
    let erase_media = move |tx: &mut db::Tx<'_>| media::erase(tx, account, CHUNK);
    while platform.db.write(erase_media).await? == CHUNK.unsigned_abs() {}
    for statement in STATEMENTS {
        while !platform.db.write(move |tx| store::erase(tx, account, statement, CHUNK)).await? {}
    }
    Ok(Done::Remove)
}
