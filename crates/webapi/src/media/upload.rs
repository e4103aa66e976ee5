//! `POST /uploads`: stores a picture that the person is about to send.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform::Platform;
use platform::ids::IdKind;
use platform::media::edge::{self, NewMedia};
use platform::media::{self, MediaKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::FilePart;
use crate::body::Query;
use crate::caller::Signed;
use crate::problem::Refused;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Request {
    /// `image`.
    #[serde(rename = "type")]
    kind: Kind,
}

/// What people upload in the client.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = UploadKind)]
pub(crate) enum Kind {
    Image,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a multipart body")]
#[schema(as = UploadForm)]
struct Form {
    /// At most 10 MB; JPG, PNG, GIF or BMP by its content.
    #[schema(value_type = String, format = Binary)]
    media: Vec<u8>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
pub(crate) struct Response {
    /// To be named when it is sent.
    upload: String,
    #[serde(rename = "type")]
    kind: Kind,
    url: String,
    /// Pixels.
    width: u32,
    /// Pixels.
    height: u32,
    size_bytes: i64,
    content_type: String,
}

/// Stores a picture for three days.
#[utoipa::path(post, path = "/uploads", tag = "media", operation_id = "upload",
    params(Request), request_body(content = Form, content_type = "multipart/form-data"),
    responses((status = 201, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Query(request): Query<Request>,
    part: FilePart,
) -> Refused<(StatusCode, Json<Response>)> {
    let FilePart { file_name, bytes } = part;
    let new = NewMedia { kind: MediaKind::Image, bytes, file_name };
    let upload = edge::store_upload(&platform, person.id, new).await?;
    let (keys, public_url) = (&platform.keys, &platform.settings.public_url);
    let (width, height) = upload.measures.size.unwrap_or_default();
    let response = Response {
        upload: keys.ids().encode(IdKind::Upload, person.id.0, upload.no.0),
        kind: request.kind,
        url: media::upload_address(public_url, keys, person.id, upload.no),
        width,
        height,
        size_bytes: upload.size_bytes,
        content_type: upload.content_type,
    };
    Ok((StatusCode::CREATED, Json(response)))
}
