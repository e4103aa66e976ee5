//! Facts for analysis: one row for each thing that happened, in the transaction that caused it.
//!
//! Roll-ups come later; facts cannot be made up afterwards.

mod store;

use db::{Error, Tx};

use crate::followers::Follower;
use crate::ids::{AccountId, FollowerNo};
use crate::people::Device;

/// Something that a follower did.
#[derive(Debug, Clone)]
pub struct Fact<'a> {
    /// The account.
    pub(crate) account: AccountId,
    /// Who did it.
    pub(crate) follower: FollowerNo,
    /// What: `follow`, `unfollow`, `message` …
    pub(crate) kind: &'static str,
    /// With what.
    pub(crate) device: &'a Device,
    /// More of it: the scene of a follow, the kind of a message.
    pub(crate) detail: &'a str,
}

impl<'a> Fact<'a> {
    /// A fact without detail.
    pub(crate) fn new(kind: &'static str, follower: &Follower, device: &'a Device) -> Self {
        Self { account: follower.account, follower: follower.no, kind, device, detail: "" }
    }

    /// The same with a detail.
    pub(crate) fn detail(self, detail: &'a str) -> Self {
        Self { detail, ..self }
    }
}

/// Writes a fact.
pub(crate) fn record(tx: &mut Tx<'_>, fact: &Fact<'_>) -> Result<(), Error> {
    let id = tx.number("event")?;
    store::insert(tx, id, fact)
}
