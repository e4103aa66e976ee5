//! From what is kept of a push to the protocol's own types.

use wire::ids::MediaId;
use wire::push::{Body, Content as Pushed, Event as Occurrence, Message, Push};

use super::{Event, PushJob, What};
use crate::Platform;
use crate::accounts::Account;
use crate::conversations::content::{Content, Film, MediaRef};
use crate::followers::Follower;
use crate::ids::AccountId;
use crate::media;

/// The format that real voice messages have; recordings of another kind say their own.
const VOICE_FORMAT: &str = "amr";

/// The push as the protocol knows it.
pub(super) fn push(
    platform: &Platform,
    account: &Account,
    follower: &Follower,
    job: &PushJob,
) -> Push {
    let body = match &job.what {
        What::Message { msg_id, content } => Body::Message(Message {
            id: *msg_id,
            article: None,
            content: Renderer { platform, account: account.id }.content(content),
        }),
        What::Event(event) => Body::Event(occurrence(event)),
    };
    Push {
        to: account.username.clone(),
        from: follower.openid.clone(),
        created_at: job.created_at,
        body,
    }
}

fn occurrence(event: &Event) -> Occurrence {
    match event {
        Event::Subscribe { key } => Occurrence::Subscribe { key: key.clone(), ticket: None },
        Event::Unsubscribe => Occurrence::Unsubscribe { key: String::new() },
        Event::Location { latitude, longitude, precision } => Occurrence::Location {
            latitude: *latitude,
            longitude: *longitude,
            precision: *precision,
        },
    }
}

struct Renderer<'a> {
    platform: &'a Platform,
    account: AccountId,
}

impl Renderer<'_> {
    fn content(&self, content: &Content) -> Pushed {
        match content {
            Content::Text { content, menu_item } => {
                Pushed::Text { content: content.clone(), menu_item: menu_item.clone() }
            }
            Content::Image { media } => {
                Pushed::Image { pic_url: self.address(media), media_id: self.media_id(media) }
            }
            Content::Voice { media, format, recognition } => Pushed::Voice {
                media_id: self.media_id(media),
                format: if format.is_empty() { VOICE_FORMAT.to_owned() } else { format.clone() },
                media_id_16k: None,
                recognition: recognition.clone(),
            },
            Content::Video(film) => {
                let (media_id, thumb_media_id) = self.film(film);
                Pushed::Video { media_id, thumb_media_id }
            }
            Content::ShortVideo(film) => {
                let (media_id, thumb_media_id) = self.film(film);
                Pushed::ShortVideo { media_id, thumb_media_id }
            }
            Content::Location { latitude, longitude, scale, label } => Pushed::Location {
                latitude: *latitude,
                longitude: *longitude,
                scale: *scale,
                label: label.clone(),
            },
            Content::Link { title, description, url } => Pushed::Link {
                title: title.clone(),
                description: description.clone(),
                url: url.clone(),
            },
            // What only accounts send, a person cannot have written: nothing of it is queued.
            Content::Music(_)
            | Content::News { .. }
            | Content::MpNews { .. }
            | Content::MpNewsArticle { .. }
            | Content::MsgMenu { .. }
            | Content::WxCard { .. }
            | Content::MiniProgramPage { .. }
            | Content::System { .. } => Pushed::Unsupported,
        }
    }

    fn film(&self, film: &Film) -> (MediaId, MediaId) {
        let thumb = film.thumb.as_ref().unwrap_or(&film.media);
        (self.media_id(&film.media), self.media_id(thumb))
    }

    fn media_id(&self, media: &MediaRef) -> MediaId {
        media::media_id(&self.platform.keys, self.account, media.no)
    }

    fn address(&self, media: &MediaRef) -> String {
        let public_url = &self.platform.settings.public_url;
        media::address(public_url, &self.platform.keys, self.account, media.no)
    }
}
