//! What can go wrong with a file, named for what happened.

use crate::Hash;

/// Why a file cannot be stored, found or shown small.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is stored under this hash.
    #[error("no file {0}")]
    Missing(Hash),
    /// What is stored under this hash is something else.
    #[error("file {0} is damaged")]
    Damaged(Hash),
    /// The storage itself failed (disk full, permission, device); the text says how.
    #[error("file storage: {0}")]
    Storage(String),
    /// The bytes are none of the picture types of [`Type`](crate::Type).
    #[error("not a picture")]
    NotAPicture,
    /// The picture has more pixels than [`MAX_PIXELS`](crate::MAX_PIXELS); none was decoded.
    #[error("picture of {width} x {height} pixels is too large")]
    TooManyPixels {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The header is that of a picture, the rest cannot be read; the text says why.
    #[error("picture cannot be decoded: {0}")]
    Undecodable(String),
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        Self::Storage(error.to_string())
    }
}
