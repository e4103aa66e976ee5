//! What a message holds, and how it is kept: its own fields as JSON, written once.

use serde::{Deserialize, Serialize};

use crate::ids::MediaNo;

/// The content of a message, of any kind and from any side.
///
/// The names are the wire's own words for a kind. Media are numbers here: their official ids and
/// addresses are made when they are shown, so that a changed `public_url` changes them too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Content {
    /// Text.
    Text {
        /// The text.
        content: String,
        /// The item of a menu message that was tapped to say this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        menu_item: Option<String>,
    },
    /// A picture.
    Image {
        /// The picture.
        media: MediaRef,
    },
    /// A recording.
    Voice {
        /// The recording.
        media: MediaRef,
        /// `amr`, `mp3` or `speex`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        format: String,
        /// What was said, if the account has recognition switched on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recognition: Option<String>,
    },
    /// A film.
    Video(Film),
    /// A short film, recorded while chatting.
    ShortVideo(Film),
    /// A place.
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
    /// A piece of music.
    Music(Music),
    /// A card with one or more links.
    News {
        /// At least one.
        articles: Vec<Article>,
    },
    /// An article of the account's own material.
    MpNews {
        /// Its official id.
        media_id: String,
    },
    /// A published article.
    MpNewsArticle {
        /// Its official id.
        article_id: String,
    },
    /// A menu of answers to tap.
    MsgMenu {
        /// The text above.
        head_content: String,
        /// The answers.
        list: Vec<MenuItem>,
        /// The text below.
        tail_content: String,
    },
    /// A coupon or membership card.
    WxCard {
        /// Its official id.
        card_id: String,
    },
    /// A page of a mini program.
    MiniProgramPage {
        /// The card's title.
        title: String,
        /// The mini program.
        appid: String,
        /// The page inside it, with its query.
        pagepath: String,
        /// The cover.
        thumb: Option<MediaRef>,
    },
    /// A line of the platform's own, in the reader's language.
    System {
        /// Which one.
        line: SystemLine,
    },
}

/// A medium of the account whose conversation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaRef {
    /// The medium's number.
    #[serde(with = "media_no")]
    pub no: MediaNo,
    /// Pixels, where it has any and they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
    /// Milliseconds, where it plays and they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub millis: Option<u64>,
}

/// A film with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Film {
    /// The film.
    pub media: MediaRef,
    /// Its cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumb: Option<MediaRef>,
    /// May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A piece of music; any field may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Music {
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Where it plays from.
    pub musicurl: String,
    /// Preferred under Wi-Fi.
    pub hqmusicurl: String,
    /// The cover.
    pub thumb: Option<MediaRef>,
}

/// One link of a news card; any field may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Article {
    /// The headline.
    pub title: String,
    /// The summary.
    pub description: String,
    /// Where it leads.
    pub url: String,
    /// The picture's address.
    pub picurl: String,
}

/// One answer of a menu message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuItem {
    /// The account's own name for it.
    pub id: String,
    /// What the person says by tapping it.
    pub content: String,
}

/// The lines that the platform itself writes into a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemLine {
    /// The account's server did not answer, or not validly.
    ServiceUnavailable,
}

impl Content {
    /// The wire's word for the kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image { .. } => "image",
            Self::Voice { .. } => "voice",
            Self::Video(_) => "video",
            Self::ShortVideo(_) => "shortvideo",
            Self::Location { .. } => "location",
            Self::Link { .. } => "link",
            Self::Music(_) => "music",
            Self::News { .. } => "news",
            Self::MpNews { .. } => "mpnews",
            Self::MpNewsArticle { .. } => "mpnewsarticle",
            Self::MsgMenu { .. } => "msgmenu",
            Self::WxCard { .. } => "wxcard",
            Self::MiniProgramPage { .. } => "miniprogrampage",
            Self::System { .. } => "system",
        }
    }

    /// One line for the chat list; empty where the kind alone says enough.
    pub fn preview(&self) -> String {
        let text = match self {
            Self::Text { content, .. } => content,
            Self::Location { label, .. } => label,
            Self::Link { title, .. } | Self::MiniProgramPage { title, .. } => title,
            Self::Music(music) => &music.title,
            Self::Video(film) | Self::ShortVideo(film) => &film.title,
            Self::News { articles } => articles.first().map_or("", |article| &article.title),
            Self::MsgMenu { head_content, .. } => head_content,
            Self::System { line } => line.code(),
            Self::Image { .. }
            | Self::Voice { .. }
            | Self::MpNews { .. }
            | Self::MpNewsArticle { .. }
            | Self::WxCard { .. } => "",
        };
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        one_line.chars().take(PREVIEW_CHARACTERS).collect()
    }
}

/// What fits in a row of the chat list of the widest client.
const PREVIEW_CHARACTERS: usize = 100;

impl SystemLine {
    /// Its word in our own API and in the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::ServiceUnavailable => "service_unavailable",
        }
    }

    /// The line of that word.
    pub fn parse(code: &str) -> Option<Self> {
        (code == Self::ServiceUnavailable.code()).then_some(Self::ServiceUnavailable)
    }

    /// The sentence in a person's language (`zh…` or anything else for English).
    ///
    /// The Chinese wording is the official client's (spec core 7.3).
    pub fn sentence(self, language: &str) -> &'static str {
        match (self, language.starts_with("zh")) {
            (Self::ServiceUnavailable, true) => "该公众号提供的服务出现故障，请稍后再试",
            (Self::ServiceUnavailable, false) => {
                "This account's service is out of order. Try again later."
            }
        }
    }
}

mod media_no {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::MediaNo;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(no: &MediaNo, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(no.0)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<MediaNo, D::Error> {
        i64::deserialize(from).map(MediaNo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_kept_with_its_own_fields_only() {
        let media = MediaRef { no: MediaNo(3), size: None, millis: None };
        let kept = |content: &Content| serde_json::to_string(content).expect("plain data");
        let text = Content::Text { content: "茶".to_owned(), menu_item: None };
        assert_eq!(kept(&text), r#"{"type":"text","content":"茶"}"#);
        let image = Content::Image { media };
        assert_eq!(kept(&image), r#"{"type":"image","media":{"no":3}}"#);
        for content in [text, image] {
            let json = kept(&content);
            assert_eq!(serde_json::from_str::<Content>(&json).expect("what was kept"), content);
            assert!(json.contains(&format!("\"type\":\"{}\"", content.kind())));
        }
    }

    #[test]
    fn a_preview_is_one_short_line() {
        let content = format!("  a\n\nb {}", "长".repeat(200));
        let preview = Content::Text { content, menu_item: None }.preview();
        assert!(preview.starts_with("a b 长"));
        assert_eq!(preview.chars().count(), 100);
    }
}
