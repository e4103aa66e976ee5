//! The client's pages and what they are made of.

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use web_assets::Asset;

use crate::problem::Problem;

/// What a page may do: run our own scripts, talk to us, and show pictures from anywhere, since
/// news cards name them. Vue writes `style` attributes.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob: https: http:; \
     media-src 'self' blob: https: http:; connect-src 'self'; style-src 'self'; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The name holds a hash of the content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// To be asked for anew each time; mostly answered 304.
const REVALIDATE: &str = "no-cache";

/// Paths that hold no pages of the client, whatever a browser asks for.
const KEPT: [&str; 4] = ["/api", "/console", "/media", "/sandbox"];

/// Answers an asset by its path, and the one page for every other address that a browser opens.
pub(crate) async fn handle(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::NoPath.into_response();
    }
    let path = request.uri().path();
    if is_kept(path) {
        return Problem::NoPath.into_response();
    }
    let accepted = text(request.headers(), header::ACCEPT_ENCODING);
    let asset = match web_assets::get(path, accepted) {
        Some(asset) => asset,
        // A script of a former release must fail, not be answered with a page.
        None if path.starts_with("/assets/") => return Problem::NoPath.into_response(),
        None => web_assets::index(accepted),
    };
    serve(asset, request.headers())
}

fn is_kept(path: &str) -> bool {
    let mut rests = KEPT.iter().filter_map(|kept| path.strip_prefix(kept));
    rests.any(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn serve(asset: Asset, asked: &HeaderMap) -> Response {
    let known = text(asked, header::IF_NONE_MATCH).split(',').any(|tag| {
        let tag = tag.trim();
        tag.strip_prefix("W/").unwrap_or(tag) == asset.etag
    });
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Body::from(bytes::Bytes::from_owner(asset.bytes)).into_response(),
    };
    let headers = response.headers_mut();
    let cache = if asset.immutable { FOR_EVER } else { REVALIDATE };
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, asset.content_type);
    set(header::CACHE_CONTROL, cache);
    set(header::VARY, "Accept-Encoding");
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if let Some(encoding) = asset.encoding {
        set(header::CONTENT_ENCODING, encoding);
    }
    if let Ok(etag) = HeaderValue::try_from(asset.etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}
