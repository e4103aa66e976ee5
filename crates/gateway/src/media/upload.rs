//! `POST /cgi-bin/media/upload`: stores a temporary medium (新增临时素材).

use axum::extract::State;
use platform::Platform;
use platform::media::edge::{self, NewMedia};
use platform::media::{self, MediaKind};
use serde::Serialize;
use wire::errcode::ErrCode;
use wire::ids::MediaId;

use crate::call::Caller;
use crate::multipart::Form;
use crate::query::Query;
use crate::reply::{Json, Reply};

#[derive(Serialize)]
pub(crate) struct Response {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_id: Option<MediaId>,
    /// A cover's id has a name of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    thumb_media_id: Option<MediaId>,
    created_at: i64,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    query: Query,
    form: Form,
) -> Reply<Response> {
    let in_query = query.find("type");
    let word = in_query.as_deref().or_else(|| form.find("type")).unwrap_or_default();
    let kind = MediaKind::parse(word).ok_or(ErrCode::INVALID_MEDIA_TYPE)?;
    let new = NewMedia { kind, bytes: form.file, file_name: form.file_name };
    let stored = edge::store(&platform, caller.id(), new).await?;
    let id = media::media_id(&platform.keys, caller.id(), stored.no);
    let (media_id, thumb_media_id) = match kind {
        MediaKind::Thumb => (None, Some(id)),
        _ => (Some(id), None),
    };
    let created_at = stored.created_at.secs();
    Ok(Json(Response { r#type: kind.as_str(), media_id, thumb_media_id, created_at }))
}
