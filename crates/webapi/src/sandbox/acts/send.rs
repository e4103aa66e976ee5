//! `POST /sandbox/people/{id}/send`: a person writes to an account, in any type.

use axum::Json;
use axum::extract::{Path, State};
use platform::ids::{PersonId, PublicIds};
use platform::messaging::{self, Inbound};
use platform::{Platform, followers};
use serde::{Deserialize, Serialize};

use super::act::Act;
use super::outcome::{deliveries, replies};
use crate::body::Body;
use crate::conversations::Line;
use crate::messaging::own_upload;
use crate::problem::{Problem, Refused};
use crate::sandbox::deliveries::Delivery;
use crate::sandbox::{accounts, people};

/// The map's zoom unless the script says so, as the official client sends it.
const SCALE: u32 = 16;

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Request {
    Text {
        content: String,
    },
    Image {
        media_id: String,
    },
    Voice {
        media_id: String,
    },
    Video {
        media_id: String,
    },
    ShortVideo {
        media_id: String,
    },
    Location {
        latitude: f64,
        longitude: f64,
        scale: Option<u32>,
        #[serde(default)]
        label: String,
    },
    Link {
        title: String,
        #[serde(default)]
        description: String,
        url: String,
    },
}

#[derive(Serialize)]
pub(super) struct Response {
    msg_id: i64,
    deliveries: Vec<Delivery>,
    replies: Vec<Line>,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(id): Path<String>,
    Body(act): Body<Act<Request>>,
) -> Refused<Json<Response>> {
    let person = people::id_of(&platform, &id)?;
    let account = accounts::find(&platform, &act.appid).await?;
    let inbound = act.what.read(platform.keys.ids(), person)?;
    let target = account.id;
    let write = move |tx: &mut db::Tx<'_>| {
        let received = messaging::receive(tx, (target, person), &inbound, None)?;
        let follower = followers::find(tx, target, person)?.ok_or(Problem::NotFollowing)?;
        Ok((received, follower.no))
    };
    let (received, follower) = platform.db.write::<_, Problem, _>(write).await?;
    let own = received.message.seq;
    Ok(Json(Response {
        msg_id: received.message.msg_id,
        deliveries: deliveries(&platform, &account, received.push, act.wait).await?,
        replies: replies(&platform, &account, (person, follower), own).await?,
    }))
}

impl Request {
    fn read(self, ids: &PublicIds, sender: PersonId) -> Refused<Inbound> {
        let upload = |media_id: String| own_upload(ids, sender, &media_id);
        Ok(match self {
            Self::Text { content } => Inbound::Text(content),
            Self::Image { media_id } => Inbound::Image(upload(media_id)?),
            Self::Voice { media_id } => Inbound::Voice(upload(media_id)?),
            Self::Video { media_id } => Inbound::Video(upload(media_id)?),
            Self::ShortVideo { media_id } => Inbound::ShortVideo(upload(media_id)?),
            Self::Location { latitude, longitude, scale, label } => {
                let scale = scale.unwrap_or(SCALE);
                Inbound::Location { latitude, longitude, scale, label }
            }
            Self::Link { title, description, url } => Inbound::Link { title, description, url },
        })
    }
}
