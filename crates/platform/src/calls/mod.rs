//! API calls: how often each endpoint may be called, how often it was, and what came of it.
//!
//! Quotas and counts live in memory and are written about once a second (the platform itself
//! allows an error of 1 %); resets of quotas are exact, in the transaction.

pub mod edge;
pub mod jobs;

mod counts;
mod mask;
mod quotas;
mod recorder;
mod resets;
pub(crate) mod store;

pub use quotas::{Limits, Quotas, Taken};
pub use recorder::{Call, Kept, Recorder};
pub use resets::{MAX_RESETS_OF_ALL, MAX_RESETS_OF_ONE, Reset};

use db::{Timestamp, Tx};
use wire::ids::Rid;

use crate::ids::AccountId;

/// Under this account stand the calls that name none.
pub const NOBODY: AccountId = AccountId(0);
/// Seconds of the platform's clock for which calls are kept.
pub const KEPT_SECS: i64 = 7 * 86_400;

/// Why a quota is not reset, or a call not found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The month's resets are used up.
    #[error("no resets of quotas are left this month")]
    ResetsUsedUp,
    /// No such call, of this account.
    #[error("no such failed call of this account")]
    NotFound,
    /// The call's name says that it is older than what is kept.
    #[error("the call is older than seven days")]
    TooOld,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// Finds a failed call of an account. Whoever asks writes down first what waits in memory
/// ([`edge::find_failed`]).
pub fn find(tx: &mut Tx<'_>, account: AccountId, rid: Rid) -> Result<Kept, Error> {
    let oldest = tx.now().plus_secs(-KEPT_SECS);
    if Timestamp::from_secs(rid.unix_secs().into()) < oldest {
        return Err(Error::TooOld);
    }
    store::find_failed(tx, account, &rid.to_string())?.ok_or(Error::NotFound)
}
