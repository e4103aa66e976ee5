//! Uploads: one file, whatever its part is called, and the form's other fields.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use wire::errcode::ErrCode;

use crate::error::ApiError;

/// The official name of the file's part.
const PART: &str = "media";
/// Fields besides the file that are read; official forms have two.
const MAX_FIELDS: usize = 16;

/// A form with a file.
pub(crate) struct Form {
    /// As whoever sent it called it.
    pub(crate) file_name: String,
    /// The content.
    pub(crate) file: Bytes,
    fields: Vec<(String, String)>,
}

impl Form {
    /// A field that is no file.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = ApiError;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, ApiError> {
        // The dispatcher has read the body already, up to its own limit.
        DefaultBodyLimit::disable().apply(&mut request);
        let missing = || ApiError::from(ErrCode::MEDIA_DATA_MISSING);
        let parts = Multipart::from_request(request, state).await.map_err(|_| missing())?;
        let read = Read::all(parts).await.map_err(|_| missing())?;
        let (file_name, file) = read.named.or(read.other).ok_or_else(missing)?;
        Ok(Self { file_name, file, fields: read.fields })
    }
}

/// What a form holds.
#[derive(Default)]
struct Read {
    /// The file in the official part.
    named: Option<(String, Bytes)>,
    /// The first file in another part: some programs send another name.
    other: Option<(String, Bytes)>,
    fields: Vec<(String, String)>,
}

impl Read {
    async fn all(mut parts: Multipart) -> Result<Self, axum::extract::multipart::MultipartError> {
        let mut read = Self::default();
        while let Some(part) = parts.next_field().await? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file_name) if name == PART => {
                    read.named.get_or_insert((file_name, part.bytes().await?));
                }
                Some(file_name) => {
                    read.other.get_or_insert((file_name, part.bytes().await?));
                }
                None if read.fields.len() < MAX_FIELDS => {
                    let value = String::from_utf8_lossy(&part.bytes().await?).into_owned();
                    read.fields.push((name, value));
                }
                None => {}
            }
        }
        Ok(read)
    }
}
