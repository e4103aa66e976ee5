//! `POST /cgi-bin/media/uploadimg`: stores a picture for articles (上传图文消息图片).

use axum::extract::State;
use platform::Platform;
use platform::media::edge::{self, NewMedia};
use platform::media::{self, MediaKind};
use serde::Serialize;

use crate::call::Caller;
use crate::multipart::Form;
use crate::reply::{Json, Reply};

#[derive(Serialize)]
pub(crate) struct Response {
    url: String,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    form: Form,
) -> Reply<Response> {
    let new = NewMedia { kind: MediaKind::Picture, bytes: form.file, file_name: form.file_name };
    let stored = edge::store(&platform, caller.id(), new).await?;
    let public_url = &platform.settings.public_url;
    let url = media::address(public_url, &platform.keys, caller.id(), stored.no);
    Ok(Json(Response { url }))
}
