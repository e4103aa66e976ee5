//! Followers: a person in the eyes of one account.

pub(crate) mod store;
mod subscribe;

pub use subscribe::{Outcome, subscribe, unsubscribe};

use db::{Error as StoreError, Timestamp, Tx};
use wire::ids::OpenId;

use crate::ids::{AccountId, FollowerNo, PersonId};

/// A person in the eyes of one account, since the first contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    /// The account.
    pub account: AccountId,
    /// His number there: dense, never reused, kept through unfollow and re-follow.
    pub no: FollowerNo,
    /// Who he is.
    pub person: PersonId,
    /// His name in the API.
    pub openid: OpenId,
    /// He follows.
    pub subscribed: bool,
    /// Since when, or since when he did.
    pub subscribed_at: Timestamp,
}

/// Why a person cannot do what he wants with an account.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such account.
    #[error("no such account")]
    AccountNotFound,
    /// No such person.
    #[error("no such person")]
    PersonNotFound,
    /// He does not follow.
    #[error("the person does not follow the account")]
    NotFollowing,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The follower who is this person.
pub fn find(
    tx: &mut Tx<'_>,
    account: AccountId,
    person: PersonId,
) -> Result<Option<Follower>, StoreError> {
    store::find_by_person(tx, account, person)
}

/// The follower with this OpenID.
pub fn find_by_openid(
    tx: &mut Tx<'_>,
    account: AccountId,
    openid: &OpenId,
) -> Result<Option<Follower>, StoreError> {
    store::find_by_openid(tx, account, openid.as_str())
}

/// The follower with this number.
pub fn find_by_no(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
) -> Result<Option<Follower>, StoreError> {
    store::find_by_no(tx, account, no)
}
