//! People: the one human identity. Profile, devices, sessions.

pub mod sessions;

mod profile;
pub(crate) mod store;

pub use profile::{NewPerson, ProfileChange, create, update};

use db::{Timestamp, Tx};

use crate::ids::PersonId;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Our own id.
    pub id: PersonId,
    /// What others see.
    pub nickname: String,
    /// 0 unknown, 1 male, 2 female, as on the wire.
    pub sex: i64,
    /// The language of sentences made for him, such as `zh_CN` or `en`.
    pub language: String,
    /// Country.
    pub country: String,
    /// Province.
    pub province: String,
    /// City.
    pub city: String,
    /// A picture's address.
    pub avatar_url: Option<String>,
    /// What he holds in his hand.
    pub device: Device,
    /// When he came.
    pub created_at: Timestamp,
}

/// What a person's client tells of itself; facts for analysis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// Such as `iPhone 17`.
    pub model: String,
    /// Such as `iOS 20`.
    pub system: String,
    /// Such as `wifi`.
    pub network: String,
    /// The network carrier.
    pub carrier: String,
}

/// What can be wrong with what is asked of a person.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such person.
    #[error("no such person")]
    NotFound,
    /// The nickname is empty or too long.
    #[error("the nickname must have 1 to {MAX_NICKNAME} characters")]
    InvalidNickname,
    /// Not 0, 1 or 2.
    #[error("sex must be 0, 1 or 2")]
    InvalidSex,
    /// A field is too long.
    #[error("{0} has more than {MAX_FIELD} characters")]
    FieldTooLong(&'static str),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// Characters in a nickname, as in the official client.
pub const MAX_NICKNAME: usize = 32;
/// Characters in any other field of a profile: longer ones are mistakes.
pub const MAX_FIELD: usize = 200;

/// Finds a person.
pub fn find(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Person>, db::Error> {
    store::find(tx, id)
}

/// Gets a person who must exist.
pub fn get(tx: &mut Tx<'_>, id: PersonId) -> Result<Person, Error> {
    store::find(tx, id)?.ok_or(Error::NotFound)
}
