//! The name of an uploaded file.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{is_base64url, text_id};

text_id! {
    /// An uploaded file, temporary or permanent. Its inside means nothing to anyone outside.
    MediaId, is_media_id
}

impl MediaId {
    /// Makes the id of a temporary medium, 64 characters, from bytes that nobody can guess.
    pub fn from_bytes(bytes: [u8; 48]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The bytes that [`MediaId::from_bytes`] was given; `None` for an id of another length.
    pub fn to_bytes(&self) -> Option<[u8; 48]> {
        URL_SAFE_NO_PAD.decode(&self.0).ok()?.try_into().ok()
    }
}

fn is_media_id(text: &str) -> bool {
    matches!(text.len(), 1..=128) && is_base64url(text)
}
