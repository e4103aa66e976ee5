//! `GET /media/{id}`: a file, for whoever has its address.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderName, header};
use platform::Platform;
use platform::media::edge;

use crate::problem::{Problem, Refused};

/// What is behind an address never changes; the address dies with the file.
const CACHE: &str = "public, max-age=31536000, immutable";

/// Fetches a file. People made it, so it may run nothing and is never taken for another type.
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Path(id): Path<String>,
) -> Refused<Response> {
    let found = edge::fetch(&platform, &id).await?;
    let (content_type, bytes) = found.ok_or(Problem::NotFound)?;
    let shown = ["image/", "audio/", "video/"].iter().any(|kind| content_type.starts_with(kind));
    let headers: [(HeaderName, String); 5] = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_DISPOSITION, if shown { "inline" } else { "attachment" }.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
