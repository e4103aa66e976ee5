//! What followers write.

use crate::ids::{AppId, MediaId};

/// A message of a follower.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The message's number, below 2^53 (larger ones lose digits in JavaScript).
    pub id: i64,
    /// The article out of which the follower began to write.
    pub article: Option<Article>,
    /// What he wrote.
    pub content: Content,
}

/// An article of the account, as messages refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The `msg_data_id` of the send or publication.
    pub msg_data_id: String,
    /// The article's place in it, from 1.
    pub idx: u32,
}

/// The kinds of message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// Text.
    Text {
        /// The text itself.
        content: String,
        /// The `id` of the item of a menu message that the follower tapped to say this.
        menu_item: Option<String>,
    },
    /// A picture.
    Image {
        /// Where anyone may fetch it.
        pic_url: String,
        /// The temporary medium.
        media_id: MediaId,
    },
    /// A recording.
    Voice {
        /// The temporary medium.
        media_id: MediaId,
        /// `amr` or `speex`.
        format: String,
        /// The same recording at 16 kHz.
        media_id_16k: Option<MediaId>,
        /// What was said; `None` while the account has recognition switched off.
        recognition: Option<String>,
    },
    /// A film.
    Video {
        /// The temporary medium.
        media_id: MediaId,
        /// Its cover.
        thumb_media_id: MediaId,
    },
    /// A short film, recorded while chatting (小视频).
    ShortVideo {
        /// The temporary medium.
        media_id: MediaId,
        /// Its cover.
        thumb_media_id: MediaId,
    },
    /// A place, chosen on a map.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// The map's zoom.
        scale: u32,
        /// The place's name.
        label: String,
    },
    /// A link to a page.
    Link {
        /// The page's title.
        title: String,
        /// The page's summary.
        description: String,
        /// The page's address.
        url: String,
    },
    /// A page of a mini program.
    MiniProgramPage {
        /// The card's title.
        title: String,
        /// The mini program.
        app_id: AppId,
        /// The page inside it, with its query.
        page_path: String,
        /// Where anyone may fetch the cover.
        thumb_url: String,
        /// The cover as a temporary medium.
        thumb_media_id: MediaId,
    },
    /// Anything that a push cannot carry, such as a sticker: the server gets a fixed sentence.
    Unsupported,
}
