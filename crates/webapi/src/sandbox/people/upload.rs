//! `POST /sandbox/people/{id}/media`: stores a file that the person is about to send.

use axum::Json;
use axum::extract::{Path, State};
use platform::ids::IdKind;
use platform::media::MediaKind;
use platform::media::edge::{self, NewMedia};
use platform::{Platform, people};
use serde::{Deserialize, Serialize};

use super::id_of;
use crate::body::Query;
use crate::media::FilePart;
use crate::problem::Refused;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    #[serde(rename = "type")]
    kind: Kind,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Image,
    Voice,
    Video,
    ShortVideo,
}

#[derive(Serialize)]
pub(super) struct Response {
    media_id: String,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(id): Path<String>,
    Query(request): Query<Request>,
    part: FilePart,
) -> Refused<Json<Response>> {
    let person = id_of(&platform, &id)?;
    platform.db.read(move |tx| people::get(tx, person)).await?;
    let FilePart { file_name, bytes } = part;
    let kind = request.kind.read();
    let upload = edge::store_upload(&platform, person, NewMedia { kind, bytes, file_name }).await?;
    let media_id = platform.keys.ids().encode(IdKind::Upload, person.0, upload.no.0);
    Ok(Json(Response { media_id }))
}

impl Kind {
    fn read(&self) -> MediaKind {
        match self {
            Self::Image => MediaKind::Image,
            Self::Voice => MediaKind::Voice,
            Self::Video | Self::ShortVideo => MediaKind::Video,
        }
    }
}
