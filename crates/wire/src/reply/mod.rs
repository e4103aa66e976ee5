//! What the developer's server may answer to a push (被动回复消息).

mod answer;
mod field;
mod invalid;
mod json;
mod kind;
mod node;
mod xml;

pub use answer::{Expected, MAX_BYTES, parse};
pub use invalid::{InvalidReply, Line, Rule};
pub use kind::MAX_TEXT_BYTES;
pub use node::MAX_DEPTH;

use crate::ids::MediaId;

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

/// A piece of music.
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
    /// The cover; the documents require it, but libraries leave it out.
    pub thumb_media_id: Option<MediaId>,
}

/// A card with links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// At least one, and as many as were sent: [`News::shown`] are those that count.
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

/// What a reply answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    /// Something that a follower wrote.
    Message,
    /// Something that happened.
    Event,
}

impl News {
    /// How many articles are shown: one after a message, eight after an event.
    pub const fn limit(answering: Answering) -> usize {
        match answering {
            Answering::Message => 1,
            Answering::Event => 8,
        }
    }

    /// The articles that are shown; the rest is dropped without a word.
    pub fn shown(&self, answering: Answering) -> &[NewsArticle] {
        &self.articles[..self.articles.len().min(Self::limit(answering))]
    }
}
