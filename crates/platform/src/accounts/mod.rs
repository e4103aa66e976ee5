//! Official accounts (公众号): what they are, their credentials, tokens and tickets.

pub mod credentials;
pub mod directory;
pub mod edge;
pub mod settings;
pub mod tickets;
pub mod tokens;

mod cache;
mod create;
pub(crate) mod erase;
pub(crate) mod store;

pub use cache::{AccountCache, Known};
pub use create::{Created, NewAccount, create, remove};

use std::net::IpAddr;

use db::{Timestamp, Tx};
use ipnet::IpNet;
use wire::callback::{Format, Mode};
use wire::ids::{AppId, Username};

use crate::ids::AccountId;

/// The topic that names an account whose row, tokens or tickets changed.
pub const TOPIC: &str = "account";

/// The two kinds of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// 订阅号: one mass send a day, shown in a folder.
    Subscription,
    /// 服务号: four sends a month for each follower, shown in the chat list.
    Service,
}

/// One account, without its secrets: those are opened by [`credentials`].
#[derive(Debug, Clone)]
pub struct Account {
    /// Our own id.
    pub id: AccountId,
    /// The official id in the API.
    pub app_id: AppId,
    /// The official id in pushes (原始ID).
    pub username: Username,
    /// Subscription or service account.
    pub kind: AccountKind,
    /// Verified (微信认证).
    pub verified: bool,
    /// What people see.
    pub name: String,
    /// One or two sentences.
    pub introduction: String,
    /// A picture's address.
    pub avatar_url: Option<String>,
    /// While frozen, the AppSecret opens nothing (40243).
    pub secret_frozen: bool,
    /// Who may ask for tokens; empty is everybody.
    pub ip_whitelist: Vec<IpNet>,
    /// Where pushes go; without it the account answers by its rules.
    pub callback_url: Option<String>,
    /// How pushes are encrypted.
    pub mode: Mode,
    /// XML or JSON.
    pub format: Format,
    /// Voice messages carry `Recognition`.
    pub recognize_voice: bool,
    /// `LOCATION` events are pushed.
    pub report_location: bool,
    /// Failed pushes in a row to the present URL.
    pub failed_pushes: i64,
    /// Until then nothing is pushed.
    pub suspended_until: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    pub(crate) secret_hash: Vec<u8>,
    pub(crate) token_sealed: Vec<u8>,
    pub(crate) aes_key_sealed: Vec<u8>,
}

impl Account {
    /// Whether this address may ask for tokens.
    pub fn admits(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.ip_whitelist.is_empty() || self.ip_whitelist.iter().any(|net| net.contains(&address))
    }
}

/// What can be wrong with an account or with what is asked of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such account.
    #[error("no such account")]
    NotFound,
    /// The name is empty or too long.
    #[error("the name must have 1 to {MAX_NAME} characters")]
    InvalidName,
    /// The introduction is too long.
    #[error("the introduction has more than {MAX_INTRODUCTION} characters")]
    IntroductionTooLong,
    /// AppID or original id are in use.
    #[error("the appid or original id is taken")]
    IdTaken,
    /// Not an address for callbacks.
    #[error("the callback url must be an http or https address without user name: {0}")]
    InvalidCallbackUrl(String),
    /// Not an address or a network.
    #[error("not an ip address or cidr range: {0}")]
    InvalidAddress(String),
    /// More entries than the list takes.
    #[error("the ip whitelist has more than {MAX_WHITELIST} entries")]
    WhitelistTooLong,
    /// The verification of the callback URL failed.
    #[error("the callback url was not verified: {0}")]
    CallbackRejected(String),
    /// The 21st forced refresh of a day.
    #[error("the stable token was forced {MAX_FORCED_A_DAY} times today")]
    ForcedTooOften,
    /// What was sealed does not open: the instance key is not the one that sealed it.
    #[error("the account's secrets do not open with this instance key")]
    WrongKey,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// Characters in a name; the official console allows 30 bytes to 30 characters.
pub const MAX_NAME: usize = 30;
/// Characters in an introduction (功能介绍), as in the official console.
pub const MAX_INTRODUCTION: usize = 120;
/// Entries in an IP whitelist, as in the official console.
pub const MAX_WHITELIST: usize = 200;
/// Forced refreshes of the stable token a day (`/cgi-bin/stable_token`).
pub const MAX_FORCED_A_DAY: i64 = 20;

/// Finds an account.
pub fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, db::Error> {
    store::find(tx, id)
}

/// Gets an account that must exist.
pub fn get(tx: &mut Tx<'_>, id: AccountId) -> Result<Account, Error> {
    store::find(tx, id)?.ok_or(Error::NotFound)
}

impl AccountKind {
    /// The word in our own API and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subscription => "subscription",
            Self::Service => "service",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Subscription, Self::Service].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Tells every cache that something of the account changed.
pub(crate) fn wake(tx: &mut Tx<'_>, id: AccountId) {
    tx.wake(db::Wake { topic: TOPIC, key: id.0, about: 0, number: 0 });
}
