//! What a passive reply becomes in the conversation.

use db::Tx;
use wire::ids::MediaId;
use wire::reply::{Answering, Music as WireMusic, News, NewsArticle, Reply, Video};

use crate::conversations::content::{Article, Content, Film, MediaRef, Music};
use crate::ids::AccountId;
use crate::keys::Keys;
use crate::media::{self, MediaKind};

/// Why a reply that is well formed is not valid all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("no such medium: {0}")]
    UnknownMedia(String),
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// What the person sees of a reply. `None`: nothing.
pub(super) fn content(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: AccountId,
    reply: &Reply,
    answering: Answering,
) -> Result<Option<Content>, Refused> {
    let mut find = |id: &MediaId, kind| find_media(tx, keys, account, (id, kind));
    Ok(Some(match reply {
        // No agents and no bot of the platform's own yet: what is handed to them stays unanswered.
        Reply::Nothing | Reply::TransferCustomerService { .. } | Reply::TransferBizAiIvr => {
            return Ok(None);
        }
        Reply::Text { content } => Content::Text { content: content.clone(), menu_item: None },
        Reply::Image { media_id } => Content::Image { media: find(media_id, MediaKind::Image)? },
        Reply::Voice { media_id } => Content::Voice {
            media: find(media_id, MediaKind::Voice)?,
            format: String::new(),
            recognition: None,
        },
        Reply::Video(Video { media_id, title, description }) => Content::Video(Film {
            media: find(media_id, MediaKind::Video)?,
            thumb: None,
            title: title.clone(),
            description: description.clone(),
        }),
        Reply::Music(music) => {
            let thumb = music.thumb_media_id.as_ref();
            Content::Music(song(music, thumb.map(|id| find(id, MediaKind::Thumb)).transpose()?))
        }
        Reply::News(news) => Content::News { articles: articles(news, answering) },
    }))
}

fn find_media(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: AccountId,
    (id, kind): (&MediaId, MediaKind),
) -> Result<MediaRef, Refused> {
    let no = media::resolve(keys, account, id);
    let found = no.map(|no| media::find(tx, account, no)).transpose()?.flatten();
    match found.filter(|media| media.kind == kind) {
        Some(media) => Ok(media.reference()),
        None => Err(Refused::UnknownMedia(id.as_str().to_owned())),
    }
}

fn song(music: &WireMusic, thumb: Option<MediaRef>) -> Music {
    Music {
        title: music.title.clone(),
        description: music.description.clone(),
        musicurl: music.music_url.clone(),
        hqmusicurl: music.hq_music_url.clone(),
        thumb,
    }
}

fn articles(news: &News, answering: Answering) -> Vec<Article> {
    let article = |article: &NewsArticle| Article {
        title: article.title.clone(),
        description: article.description.clone(),
        url: article.url.clone(),
        picurl: article.pic_url.clone(),
    };
    news.shown(answering).iter().map(article).collect()
}
