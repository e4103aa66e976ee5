//! Resets of quotas: few a month, counted exactly.

use db::Tx;

use super::{Error, store};
use crate::calendar;
use crate::ids::AccountId;

/// Resets of everything in a calendar month: both interfaces and the console together.
pub const MAX_RESETS_OF_ALL: i64 = 10;
/// Resets of one endpoint in a calendar month.
pub const MAX_RESETS_OF_ONE: i64 = 50;

/// The endpoint whose quota only a reset by AppSecret clears: without tokens the other needs one.
pub(super) const TOKEN: &str = "/cgi-bin/token";

/// What is reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// Every endpoint but the one that issues tokens (`clear_quota`).
    AllButToken,
    /// Every endpoint (`clear_quota/v2`).
    All,
    /// One endpoint (`openapi/quota/clear`).
    One(&'static str),
}

impl Reset {
    /// Whether it clears this endpoint's quota.
    pub(super) fn clears(self, endpoint: &str) -> bool {
        match self {
            Self::AllButToken => endpoint != TOKEN,
            Self::All => true,
            Self::One(one) => endpoint == one,
        }
    }
}

/// Takes one of the month's resets and clears the rows of the day.
pub(super) fn reset(tx: &mut Tx<'_>, account: AccountId, reset: Reset) -> Result<(), Error> {
    let (kind, limit) = match reset {
        Reset::AllButToken | Reset::All => ("all", MAX_RESETS_OF_ALL),
        Reset::One(_) => ("one", MAX_RESETS_OF_ONE),
    };
    let now = tx.now();
    if !store::take_reset(tx, account, (calendar::month(now), kind), limit)? {
        return Err(Error::ResetsUsedUp);
    }
    let day = calendar::day(now);
    match reset {
        Reset::AllButToken => store::clear_all_but(tx, account, day, TOKEN)?,
        Reset::All => store::clear_all_but(tx, account, day, "")?,
        Reset::One(endpoint) => store::clear_one(tx, account, day, endpoint)?,
    }
    Ok(())
}
