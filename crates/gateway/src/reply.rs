//! What endpoints answer. The content type and the request id are the dispatcher's to add.

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::error::ApiError;

/// What `handle` returns.
pub(crate) type Reply<T> = Result<Json<T>, ApiError>;

/// A JSON answer: one line, UTF-8 as it is.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(json) => Response::new(Body::from(json)),
            Err(error) => ApiError::unforeseen(&error).into_response(),
        }
    }
}

/// The success of a command: `{"errcode":0,"errmsg":"ok"}`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done;

impl Serialize for Done {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut done = serializer.serialize_struct("Done", 2)?;
        done.serialize_field("errcode", &0)?;
        done.serialize_field("errmsg", "ok")?;
        done.end()
    }
}

/// A file to be saved.
pub(crate) struct Attachment {
    pub(crate) content_type: String,
    /// Letters, digits, hyphens, underscores and dots.
    pub(crate) file_name: String,
    pub(crate) bytes: Bytes,
}

impl IntoResponse for Attachment {
    fn into_response(self) -> Response {
        let disposition = format!("attachment; filename=\"{}\"", self.file_name);
        let (Ok(disposition), Ok(content_type)) =
            (HeaderValue::try_from(disposition), HeaderValue::try_from(self.content_type))
        else {
            return ApiError::unforeseen(&"a file's name or type is no header").into_response();
        };
        let mut response = Response::new(Body::from(self.bytes));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, content_type);
        headers.insert(CONTENT_DISPOSITION, disposition);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, must-revalidate"));
        response
    }
}
