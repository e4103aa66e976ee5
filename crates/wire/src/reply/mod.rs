//! What the developer's server may answer to a push (被动回复消息).

mod invalid;

pub use invalid::{InvalidReply, Line, Rule};

use crate::callback::{Credentials, Format, Mode};
use crate::ids::{MediaId, OpenId, Username};

/// What a push's answer asks the platform to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Show nothing.
    Nothing,
    /// Show a text.
    Text {
        /// The text; may hold links.
        content: String,
    },
    /// Show a picture.
    Image {
        /// A temporary or permanent medium.
        media_id: MediaId,
    },
    /// Play a recording.
    Voice {
        /// A temporary or permanent medium.
        media_id: MediaId,
    },
    /// Show a film.
    Video(Video),
    /// Show a piece of music.
    Music(Music),
    /// Show a card with one or more links.
    News(News),
    /// Hand the person over to human agents.
    TransferCustomerService {
        /// The one agent to hand him to (`prefix@alias`).
        kf_account: Option<String>,
    },
    /// Hand the message to the platform's own bot.
    TransferBizAiIvr,
}

/// A film with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Video {
    /// A temporary or permanent medium.
    pub media_id: MediaId,
    /// May be empty.
    pub title: String,
    /// May be empty.
    pub description: String,
}

/// A piece of music; any field may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Music {
    /// May be empty.
    pub title: String,
    /// May be empty.
    pub description: String,
    /// May be empty.
    pub music_url: String,
    /// Played first under Wi-Fi; may be empty.
    pub hq_music_url: String,
    /// The cover.
    pub thumb_media_id: Option<MediaId>,
}

/// A card with links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// At least one.
    pub articles: Vec<NewsArticle>,
}

/// One link of a card; any field may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsArticle {
    /// The headline.
    pub title: String,
    /// The summary.
    pub description: String,
    /// The picture's address.
    pub pic_url: String,
    /// Where it leads.
    pub url: String,
}

impl News {
    /// How many articles are shown: one after a message, eight after an event.
    pub fn limit(after_message: bool) -> usize {
        if after_message { 1 } else { 8 }
    }
}

/// Whom a reply must name.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The follower to whom it goes.
    pub open_id: OpenId,
    /// The account from which it comes.
    pub username: Username,
}

/// Reads what a developer's server answered to a push.
pub fn parse(
    body: &[u8],
    format: Format,
    mode: Mode,
    credentials: &Credentials,
    expected: &Expected,
) -> Result<Reply, InvalidReply> {
    todo!("{body:?} {format:?} {mode:?} {credentials:?} {expected:?}")
}
