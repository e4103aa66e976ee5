//! JSON bodies, read by their bytes: programs send any Content-Type or none.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use wire::errcode::ErrCode;

use crate::error::ApiError;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The JSON body of a call.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let path = request.uri().path().to_owned();
        parse(&read(request).await?, &path).map(Self)
    }
}

/// The bytes of the body, which the dispatcher has read already.
pub(crate) async fn read(request: Request) -> Result<Bytes, ApiError> {
    to_bytes(request.into_body(), usize::MAX).await.map_err(|error| ApiError::unforeseen(&error))
}

/// Reads a body; `path` only tells the log which endpoint it was meant for.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8], path: &str) -> Result<T, ApiError> {
    let body = body.strip_prefix(BOM).unwrap_or(body).trim_ascii();
    if body.is_empty() {
        return Err(ErrCode::EMPTY_POST_DATA.into());
    }
    // No store takes U+0000.
    if has_escaped_nul(body) {
        return Err(ErrCode::DATA_FORMAT_ERROR.into());
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut json);
    read.map_err(|error| error.path().to_string())
        .and_then(|value| json.end().map(|()| value).map_err(|_| "the end".to_owned()))
        .map_err(|field| {
            tracing::debug!(path, field, "could not read a body");
            ErrCode::DATA_FORMAT_ERROR.into()
        })
}

/// Whether `\u0000` stands there as an escape; behind an escaped backslash it is plain text.
fn has_escaped_nul(body: &[u8]) -> bool {
    let escape = b"\\u0000";
    let found = body.windows(escape.len()).enumerate().filter(|(_, part)| part == escape);
    found.map(|(at, _)| at).any(|at| {
        let backslashes = body[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
        backslashes % 2 == 0
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Request {
        name: String,
    }

    fn name(body: &[u8]) -> Result<String, ErrCode> {
        parse(body, "/").map(|request: Request| request.name).map_err(|error| error.code)
    }

    #[test]
    fn a_mark_and_white_space_around_the_body_are_tolerated() {
        assert_eq!(name("\u{feff} {\"name\":\"\\u8336\"}\r\n".as_bytes()).as_deref(), Ok("茶"));
        assert_eq!(name(br#"{"name":"a\\u0000","more":{}}"#).as_deref(), Ok("a\\u0000"));
    }

    #[test]
    fn nothing_is_44002_and_anything_else_47001() {
        assert_eq!(name(b" \n"), Err(ErrCode::EMPTY_POST_DATA));
        let broken: [&[u8]; 6] =
            [b"name=tea", b"{", b"[]", b"{\"name\":1}", b"{\"name\":\"\\u0000\"}", b"\xff\xfe"];
        for body in broken {
            assert_eq!(name(body), Err(ErrCode::DATA_FORMAT_ERROR), "{body:?}");
        }
        assert_eq!(name(br#"{"name":"a"} {}"#), Err(ErrCode::DATA_FORMAT_ERROR));
    }
}
