//! The built web client, embedded: the only crate whose build runs Node (`build/main.rs`).
//!
//! Files come out of the build compressed; [`get`] picks the variant that the browser accepts.

mod encoding;

use std::borrow::Cow;
use std::fmt::Write as _;

use encoding::Encoding;
use rust_embed::{Embed, EmbeddedFile};

/// The page that every address of the client starts from.
const INDEX: &str = "index.html";

/// Vite puts everything whose name holds a hash of its content here, and nothing else.
const HASHED: &str = "assets/";

#[derive(Embed)]
#[folder = "$TEAHOUSE_WEB_FOLDER"]
struct Files;

/// One file of the client, as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The body, compressed if `encoding` says so.
    pub bytes: Cow<'static, [u8]>,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// Value of `Content-Encoding`; `None` when the bytes are plain.
    pub encoding: Option<&'static str>,
    /// Its name holds a hash of its content: it may be cached for ever.
    pub immutable: bool,
    /// Value of `ETag`, quotes included. Each encoding has its own.
    pub etag: String,
}

/// Finds a file by its path (`/assets/index-B3xq.js`, with or without the first slash), in the
/// smallest form that `accept_encoding` allows. Without that header pass an empty string.
pub fn get(path: &str, accept_encoding: &str) -> Option<Asset> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if Encoding::of_file(path).is_some() {
        return None; // a compressed twin is a form of its file, not a file of its own
    }
    let plain = Files::get(path)?;
    let compressed = encoding::accepted(accept_encoding).into_iter().find_map(|encoding| {
        Some((encoding, Files::get(&format!("{path}{}", encoding.suffix()))?))
    });
    Some(match compressed {
        Some((encoding, file)) => asset(path, file, Some(encoding)),
        None => asset(path, plain, None),
    })
}

/// The page itself, for every address that is a page of the client. Never immutable.
pub fn index(accept_encoding: &str) -> Asset {
    get(INDEX, accept_encoding).expect("the build refuses a folder without index.html")
}

fn asset(path: &str, file: EmbeddedFile, encoding: Option<Encoding>) -> Asset {
    Asset {
        etag: etag(&file.metadata.sha256_hash()),
        bytes: file.data,
        content_type: content_type(path),
        encoding: encoding.map(Encoding::name),
        immutable: path.starts_with(HASHED),
    }
}

/// Half of the SHA-256 is plenty to tell two versions of a file apart.
fn etag(hash: &[u8; 32]) -> String {
    let mut etag = String::from("\"");
    for byte in &hash[..16] {
        write!(etag, "{byte:02x}").expect("a string accepts every write");
    }
    etag.push('"');
    etag
}

/// The types that a Vite build can produce.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
