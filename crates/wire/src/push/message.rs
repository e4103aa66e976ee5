//! What followers write (接收普通消息).

use super::field::{Field, decimal, number, text};
use crate::ids::{AppId, MediaId};

/// What a server is told when a push cannot carry the message. Bots test for it.
pub const UNSUPPORTED_CONTENT: &str = "【收到不支持的消息类型，暂无法显示】";

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

impl Message {
    /// Some fields stand before the number and some after it; receivers have seen no other order.
    pub(super) fn append_to(&self, fields: &mut Vec<Field>) {
        self.content.append_before_id(fields);
        fields.push(number("MsgId", self.id));
        if let Content::Text { menu_item: Some(id), .. } = &self.content {
            fields.push(menu_item(id));
        }
        if let Some(article) = &self.article {
            fields.push(text("MsgDataId", &article.msg_data_id));
            fields.push(number("Idx", article.idx));
        }
        self.content.append_after_id(fields);
    }
}

impl Content {
    /// The literal of the element `MsgType`.
    pub fn msg_type(&self) -> &'static str {
        match self {
            Self::Text { .. } | Self::Unsupported => "text",
            Self::Image { .. } => "image",
            Self::Voice { .. } => "voice",
            Self::Video { .. } => "video",
            Self::ShortVideo { .. } => "shortvideo",
            Self::Location { .. } => "location",
            Self::Link { .. } => "link",
            Self::MiniProgramPage { .. } => "miniprogrampage",
        }
    }

    fn append_before_id(&self, fields: &mut Vec<Field>) {
        match self {
            Self::Text { content, .. } => fields.push(text("Content", content)),
            Self::Unsupported => fields.push(text("Content", UNSUPPORTED_CONTENT)),
            Self::Image { pic_url, .. } => fields.push(text("PicUrl", pic_url)),
            Self::Voice { media_id, format, .. } => {
                fields.extend([text("MediaId", media_id.as_str()), text("Format", format)]);
            }
            Self::Video { media_id, thumb_media_id }
            | Self::ShortVideo { media_id, thumb_media_id } => fields.extend([
                text("MediaId", media_id.as_str()),
                text("ThumbMediaId", thumb_media_id.as_str()),
            ]),
            Self::Location { latitude, longitude, scale, label } => fields.extend([
                decimal("Location_X", *latitude),
                decimal("Location_Y", *longitude),
                number("Scale", scale),
                text("Label", label),
            ]),
            Self::Link { title, description, url } => fields.extend([
                text("Title", title),
                text("Description", description),
                text("Url", url),
            ]),
            Self::MiniProgramPage { .. } => {}
        }
    }

    fn append_after_id(&self, fields: &mut Vec<Field>) {
        match self {
            Self::Image { media_id, .. } => fields.push(text("MediaId", media_id.as_str())),
            Self::Voice { media_id_16k, recognition, .. } => {
                fields.extend(recognition.as_ref().map(|words| text("Recognition", words)));
                fields.extend(media_id_16k.as_ref().map(|id| text("MediaId16K", id.as_str())));
            }
            Self::MiniProgramPage { title, app_id, page_path, thumb_url, thumb_media_id } => {
                fields.extend([
                    text("Title", title),
                    text("AppId", app_id.as_str()),
                    text("PagePath", page_path),
                    text("ThumbUrl", thumb_url),
                    text("ThumbMediaId", thumb_media_id.as_str()),
                ]);
            }
            _ => {}
        }
    }
}

/// One client library reads this as a 64-bit number, so what is one goes out bare.
fn menu_item(id: &str) -> Field {
    match id.parse::<i64>() {
        Ok(plain) if plain.to_string() == id => number("bizmsgmenuid", plain),
        _ => text("bizmsgmenuid", id),
    }
}
