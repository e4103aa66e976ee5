//! The fields of each type of message, in the wire's own words.

use platform::conversations::content::{Article, Content, Film, MediaRef, MenuItem, Music};
use serde::Serialize;
use utoipa::ToSchema;

use super::Reader;

/// What a message holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Body {
    Text {
        content: String,
    },
    Image(File),
    Voice {
        #[serde(flatten)]
        file: File,
        #[serde(skip_serializing_if = "String::is_empty")]
        format: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        recognition: Option<String>,
    },
    Video(Clip),
    ShortVideo(Clip),
    Location {
        latitude: f64,
        longitude: f64,
        scale: u32,
        label: String,
    },
    Link {
        title: String,
        description: String,
        url: String,
    },
    News {
        articles: Vec<NewsArticle>,
    },
    Music {
        title: String,
        description: String,
        musicurl: String,
        hqmusicurl: String,
        #[serde(flatten)]
        cover: Cover,
    },
    MsgMenu {
        head_content: String,
        list: Vec<Choice>,
        tail_content: String,
    },
    MiniProgramPage {
        title: String,
        appid: String,
        pagepath: String,
        #[serde(flatten)]
        cover: Cover,
    },
    MpNews {
        media_id: String,
    },
    MpNewsArticle {
        article_id: String,
    },
    WxCard {
        card_id: String,
    },
    /// A line of the platform's own.
    System {
        /// In the reader's language.
        content: String,
        /// Which line it is.
        code: &'static str,
    },
}

/// A file that everybody may fetch who has its address.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct File {
    media_id: String,
    url: String,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    width: Option<u32>,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    height: Option<u32>,
    /// Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    duration_ms: Option<u64>,
}

/// A film.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Clip {
    #[serde(flatten)]
    file: File,
    #[serde(flatten)]
    cover: Cover,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
}

/// The picture of something that is none itself.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct Cover {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    thumb_media_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    thumb_url: Option<String>,
}

/// One link of a news card.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NewsArticle {
    title: String,
    description: String,
    url: String,
    picurl: String,
}

/// One answer of a menu message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Choice {
    id: String,
    content: String,
}

impl Body {
    pub(super) fn new(content: &Content, reader: &Reader<'_>) -> Self {
        match content {
            Content::Text { content, .. } => Self::Text { content: content.clone() },
            Content::Image { media } => Self::Image(File::new(media, reader)),
            Content::Voice { media, format, recognition } => Self::Voice {
                file: File::new(media, reader),
                format: format.clone(),
                recognition: recognition.clone(),
            },
            Content::Video(film) => Self::Video(Clip::new(film, reader)),
            Content::ShortVideo(film) => Self::ShortVideo(Clip::new(film, reader)),
            Content::Location { latitude, longitude, scale, label } => Self::Location {
                latitude: *latitude,
                longitude: *longitude,
                scale: *scale,
                label: label.clone(),
            },
            Content::Link { title, description, url } => Self::Link {
                title: title.clone(),
                description: description.clone(),
                url: url.clone(),
            },
            Content::System { line } => Self::System {
                content: line.sentence(reader.language).to_owned(),
                code: line.code(),
            },
            sent => Self::of_account(sent, reader),
        }
    }

    /// What only accounts send.
    fn of_account(content: &Content, reader: &Reader<'_>) -> Self {
        match content {
            Content::News { articles } => {
                Self::News { articles: articles.iter().map(NewsArticle::new).collect() }
            }
            Content::Music(music) => Self::music(music, reader),
            Content::MsgMenu { head_content, list, tail_content } => Self::MsgMenu {
                head_content: head_content.clone(),
                list: list.iter().map(Choice::new).collect(),
                tail_content: tail_content.clone(),
            },
            Content::MiniProgramPage { title, appid, pagepath, thumb } => Self::MiniProgramPage {
                title: title.clone(),
                appid: appid.clone(),
                pagepath: pagepath.clone(),
                cover: Cover::new(thumb.as_ref(), reader),
            },
            Content::MpNews { media_id } => Self::MpNews { media_id: media_id.clone() },
            Content::MpNewsArticle { article_id } => {
                Self::MpNewsArticle { article_id: article_id.clone() }
            }
            Content::WxCard { card_id } => Self::WxCard { card_id: card_id.clone() },
            of_people => Self::new(of_people, reader),
        }
    }

    fn music(music: &Music, reader: &Reader<'_>) -> Self {
        Self::Music {
            title: music.title.clone(),
            description: music.description.clone(),
            musicurl: music.musicurl.clone(),
            hqmusicurl: music.hqmusicurl.clone(),
            cover: Cover::new(music.thumb.as_ref(), reader),
        }
    }
}

impl File {
    fn new(media: &MediaRef, reader: &Reader<'_>) -> Self {
        Self {
            media_id: reader.media_id(media),
            url: reader.media_url(media),
            width: media.size.map(|(width, _)| width),
            height: media.size.map(|(_, height)| height),
            duration_ms: media.millis,
        }
    }
}

impl Clip {
    fn new(film: &Film, reader: &Reader<'_>) -> Self {
        Self {
            file: File::new(&film.media, reader),
            cover: Cover::new(film.thumb.as_ref(), reader),
            title: film.title.clone(),
            description: film.description.clone(),
        }
    }
}

impl Cover {
    fn new(thumb: Option<&MediaRef>, reader: &Reader<'_>) -> Self {
        Self {
            thumb_media_id: thumb.map(|media| reader.media_id(media)),
            thumb_url: thumb.map(|media| reader.media_url(media)),
        }
    }
}

impl NewsArticle {
    fn new(article: &Article) -> Self {
        Self {
            title: article.title.clone(),
            description: article.description.clone(),
            url: article.url.clone(),
            picurl: article.picurl.clone(),
        }
    }
}

impl Choice {
    fn new(item: &MenuItem) -> Self {
        Self { id: item.id.clone(), content: item.content.clone() }
    }
}
