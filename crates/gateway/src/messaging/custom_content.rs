//! What a customer-service message holds, from the wire's form to ours.
//!
//! The object that counts is named by `msgtype`. Programs send empty objects for absent options.

use db::Tx;
use platform::conversations::content::{Article, Content, Film, MediaRef, MenuItem, Music};
use platform::ids::AccountId;
use platform::keys::Keys;
use platform::media::{self, MediaKind};
use platform::messaging;
use serde::Deserialize;
use wire::errcode::ErrCode;
use wire::ids::{AppId, MediaId};

use crate::error::ApiError;

/// Why a message is not sent.
pub(super) enum Refusal {
    /// By a rule of the room.
    Rule(messaging::Error),
    /// By its form.
    Form(ErrCode),
}

impl From<messaging::Error> for Refusal {
    fn from(error: messaging::Error) -> Self {
        Self::Rule(error)
    }
}

impl From<db::Error> for Refusal {
    fn from(error: db::Error) -> Self {
        Self::Rule(error.into())
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Rule(error) => error.into(),
            Refusal::Form(code) => code.into(),
        }
    }
}

/// `msgtype` and the objects that it may name.
#[derive(Deserialize)]
pub(super) struct Message {
    #[serde(default)]
    msgtype: String,
    text: Option<Text>,
    image: Option<Medium>,
    voice: Option<Medium>,
    video: Option<Video>,
    music: Option<Song>,
    news: Option<News>,
    mpnews: Option<Medium>,
    mpnewsarticle: Option<Published>,
    msgmenu: Option<Menu>,
    wxcard: Option<Card>,
    miniprogrampage: Option<Page>,
}

#[derive(Deserialize)]
struct Text {
    content: Option<String>,
}

#[derive(Deserialize)]
struct Medium {
    media_id: Option<String>,
}

#[derive(Deserialize)]
struct Video {
    media_id: Option<String>,
    thumb_media_id: Option<String>,
    title: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Song {
    title: Option<String>,
    description: Option<String>,
    musicurl: Option<String>,
    hqmusicurl: Option<String>,
    thumb_media_id: Option<String>,
}

#[derive(Deserialize)]
struct News {
    #[serde(default)]
    articles: Vec<NewsArticle>,
}

#[derive(Deserialize)]
struct NewsArticle {
    title: Option<String>,
    description: Option<String>,
    url: Option<String>,
    picurl: Option<String>,
}

#[derive(Deserialize)]
struct Published {
    article_id: Option<String>,
}

#[derive(Deserialize)]
struct Menu {
    head_content: Option<String>,
    #[serde(default)]
    list: Vec<Item>,
    tail_content: Option<String>,
}

#[derive(Deserialize)]
struct Item {
    id: Word,
    content: Option<String>,
}

/// A text that some programs send as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Number(i64),
}

#[derive(Deserialize)]
struct Card {
    card_id: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    title: Option<String>,
    appid: Option<String>,
    pagepath: Option<String>,
    thumb_media_id: Option<String>,
}

/// Where media are looked up.
struct Finder<'a, 'tx> {
    tx: &'a mut Tx<'tx>,
    keys: &'a Keys,
    account: AccountId,
}

impl Message {
    /// The content, with the account's own media in it.
    pub(super) fn content(
        &self,
        tx: &mut Tx<'_>,
        keys: &Keys,
        account: AccountId,
    ) -> Result<Content, Refusal> {
        let mut media = Finder { tx, keys, account };
        match self.msgtype.as_str() {
            "text" => Ok(text(self.text.as_ref())),
            "image" => {
                let media = media.named(self.image.as_ref(), MediaKind::Image)?;
                Ok(Content::Image { media })
            }
            "voice" => {
                let media = media.named(self.voice.as_ref(), MediaKind::Voice)?;
                Ok(Content::Voice { media, format: String::new(), recognition: None })
            }
            "video" => film(&mut media, self.video.as_ref()),
            "music" => song(&mut media, self.music.as_ref()),
            "news" => Ok(news(self.news.as_ref())),
            "msgmenu" => Ok(menu(self.msgmenu.as_ref())),
            "miniprogrampage" => page(&mut media, self.miniprogrampage.as_ref()),
            _ => self.reference(),
        }
    }

    /// Content that names something of a room that is not built yet: its id is taken as it is.
    fn reference(&self) -> Result<Content, Refusal> {
        match self.msgtype.as_str() {
            "mpnews" => {
                let id = self.mpnews.as_ref().and_then(|news| news.media_id.as_ref());
                let media_id = given(id, ErrCode::INVALID_MEDIA_ID)?;
                Ok(Content::MpNews { media_id })
            }
            "mpnewsarticle" => {
                let id = self.mpnewsarticle.as_ref().and_then(|news| news.article_id.as_ref());
                Ok(Content::MpNewsArticle { article_id: given(id, INVALID_ARTICLE_ID)? })
            }
            "wxcard" => {
                let id = self.wxcard.as_ref().and_then(|card| card.card_id.as_ref());
                Ok(Content::WxCard { card_id: given(id, INVALID_CARD_ID)? })
            }
            _ => Err(Refusal::Form(ErrCode::INVALID_MESSAGE_TYPE)),
        }
    }
}

/// `invalid article id`.
const INVALID_ARTICLE_ID: ErrCode = ErrCode(53_600);
/// `invalid card id`.
const INVALID_CARD_ID: ErrCode = ErrCode(40_073);

fn text(text: Option<&Text>) -> Content {
    let content = text.and_then(|text| text.content.clone()).unwrap_or_default();
    Content::Text { content, menu_item: None }
}

fn film(media: &mut Finder<'_, '_>, film: Option<&Video>) -> Result<Content, Refusal> {
    let film = film.ok_or(Refusal::Form(ErrCode::INVALID_MEDIA_ID))?;
    Ok(Content::Video(Film {
        media: media.find(film.media_id.as_deref(), MediaKind::Video)?,
        // The real platform tolerates a missing cover. (unconfirmed)
        thumb: media.find_optional(film.thumb_media_id.as_deref(), MediaKind::Thumb)?,
        title: film.title.clone().unwrap_or_default(),
        description: film.description.clone().unwrap_or_default(),
    }))
}

fn song(media: &mut Finder<'_, '_>, song: Option<&Song>) -> Result<Content, Refusal> {
    let song = song.ok_or(Refusal::Form(ErrCode::INVALID_MEDIA_ID))?;
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    Ok(Content::Music(Music {
        title: text(&song.title),
        description: text(&song.description),
        musicurl: text(&song.musicurl),
        hqmusicurl: text(&song.hqmusicurl),
        thumb: Some(media.find(song.thumb_media_id.as_deref(), MediaKind::Thumb)?),
    }))
}

fn news(news: Option<&News>) -> Content {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let articles = news.into_iter().flat_map(|news| &news.articles).map(|article| Article {
        title: text(&article.title),
        description: text(&article.description),
        url: text(&article.url),
        picurl: text(&article.picurl),
    });
    Content::News { articles: articles.collect() }
}

fn menu(menu: Option<&Menu>) -> Content {
    let text = |field: Option<&String>| field.cloned().unwrap_or_default();
    let items = menu.into_iter().flat_map(|menu| &menu.list).map(|item| MenuItem {
        id: match &item.id {
            Word::Text(id) => id.clone(),
            Word::Number(id) => id.to_string(),
        },
        content: text(item.content.as_ref()),
    });
    Content::MsgMenu {
        head_content: text(menu.and_then(|menu| menu.head_content.as_ref())),
        list: items.collect(),
        tail_content: text(menu.and_then(|menu| menu.tail_content.as_ref())),
    }
}

fn page(media: &mut Finder<'_, '_>, page: Option<&Page>) -> Result<Content, Refusal> {
    let page = page.ok_or(Refusal::Form(ErrCode::INVALID_WEAPP_APPID))?;
    let appid = page.appid.as_deref().and_then(|appid| AppId::parse(appid).ok());
    let appid = appid.ok_or(Refusal::Form(ErrCode::INVALID_WEAPP_APPID))?;
    Ok(Content::MiniProgramPage {
        title: page.title.clone().unwrap_or_default(),
        appid: appid.as_str().to_owned(),
        pagepath: given(page.pagepath.as_ref(), ErrCode::INVALID_WEAPP_PAGEPATH)?,
        thumb: Some(media.find(page.thumb_media_id.as_deref(), MediaKind::Image)?),
    })
}

/// A field that must be there.
fn given(field: Option<&String>, absent: ErrCode) -> Result<String, Refusal> {
    field.filter(|text| !text.is_empty()).cloned().ok_or(Refusal::Form(absent))
}

impl Finder<'_, '_> {
    fn named(&mut self, medium: Option<&Medium>, kind: MediaKind) -> Result<MediaRef, Refusal> {
        self.find(medium.and_then(|medium| medium.media_id.as_deref()), kind)
    }

    fn find_optional(
        &mut self,
        id: Option<&str>,
        kind: MediaKind,
    ) -> Result<Option<MediaRef>, Refusal> {
        let id = id.filter(|id| !id.is_empty());
        id.map(|id| self.find(Some(id), kind)).transpose()
    }

    fn find(&mut self, id: Option<&str>, kind: MediaKind) -> Result<MediaRef, Refusal> {
        let id = id.and_then(|id| MediaId::parse(id).ok());
        let id = id.ok_or(Refusal::Form(ErrCode::INVALID_MEDIA_ID))?;
        let found = media::find_ref(self.tx, self.keys, self.account, &id, kind)?;
        found.ok_or(Refusal::Form(ErrCode::INVALID_MEDIA_ID))
    }
}
