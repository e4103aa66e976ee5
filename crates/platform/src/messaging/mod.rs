//! Messages: what people write to accounts, and what accounts send to one person.

pub mod custom;
pub mod edge;

mod receive;

pub(crate) use receive::FIRST_MSG_ID;
pub use receive::{Inbound, Received, receive, report_location};

use db::Error as StoreError;

/// Characters in a text that a person writes, as in the official client (spec core 4.1).
pub const MAX_TEXT: usize = 2_000;

/// Why a message is not taken.
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
    /// Not an OpenID of this account.
    #[error("no follower of the account has this openid")]
    InvalidOpenId,
    /// His own name for it was used before.
    #[error("a message of this name was sent before")]
    Repeated,
    /// The text is empty.
    #[error("the text is empty")]
    EmptyContent,
    /// The text is too long.
    #[error("the text is longer than allowed")]
    TextTooLong,
    /// A news card without articles.
    #[error("the card has no articles")]
    EmptyNews,
    /// A news card with more articles than are allowed.
    #[error("the card has more than {} article", custom::MAX_ARTICLES)]
    TooManyArticles,
    /// A menu message without items, or with too many.
    #[error("a menu must have 1 to {} items", custom::MAX_MENU_ITEMS)]
    InvalidMenu,
    /// An item of a menu message is empty or too long.
    #[error("a menu item must have 1 to {} bytes", custom::MAX_MENU_ITEM_BYTES)]
    InvalidMenuItem,
    /// No such medium.
    #[error("no such medium")]
    MediaNotFound,
    /// Latitude or longitude are not on Earth.
    #[error("latitude must be -90 to 90, longitude -180 to 180")]
    InvalidPlace,
    /// No window is open (45015).
    #[error("no window is open")]
    Closed,
    /// The window's budget is used up (45047).
    #[error("the budget of the open window is used up")]
    UsedUp,
    /// The two have not talked lately (45080).
    #[error("nothing was said in the last {} seconds", edge::EXCHANGE_SECS)]
    NotTalking,
    /// The account is typing already (45081).
    #[error("the account is typing already")]
    AlreadyTyping,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
