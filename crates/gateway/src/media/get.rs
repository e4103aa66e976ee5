//! `GET /cgi-bin/media/get`: the file of a temporary medium (获取临时素材).

use axum::extract::State;
use axum::response::{IntoResponse as _, Response as HttpResponse};
use platform::Platform;
use platform::media::{self, MediaKind};
use serde::Serialize;

use super::{attach, find, not_converted};
use crate::call::Caller;
use crate::error::ApiError;
use crate::query::Query;
use crate::reply::Json;

/// A film is answered by its address.
#[derive(Serialize)]
struct Response {
    video_url: String,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    query: Query,
) -> Result<HttpResponse, ApiError> {
    let (media, id) = find(&platform, &caller, &query).await?;
    if media.kind == MediaKind::Video {
        let public_url = &platform.settings.public_url;
        let video_url = media::address(public_url, &platform.keys, caller.id(), media.no);
        return Ok(Json(Response { video_url }).into_response());
    }
    if media.is_speex() {
        return Err(not_converted(&media, "amr"));
    }
    Ok(attach(&platform, media, &id).await?.into_response())
}
