//! Reading requests: JSON bodies, queries and addresses, strictly.

use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::{Problem, Refused};

/// Bytes in a JSON body: a text of 2,000 characters, escaped, takes 24 KB.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// A JSON body. None at all is an empty object, so that acts without fields need no body.
pub(crate) struct Body<T>(pub(crate) T);

/// The query of an address.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Refused<Self> {
        let (parts, body) = request.into_parts();
        let is_json = is_json(&parts);
        let bytes = axum::body::to_bytes(body, MAX_BODY_BYTES).await;
        let bytes = bytes.map_err(|_| Problem::TooLarge { most: "64 KB" })?;
        if bytes.is_empty() {
            return parse(&Bytes::from_static(b"{}")).map(Self);
        }
        if !is_json {
            return Err(Problem::ContentType("application/json"));
        }
        parse(&bytes).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Refused<Self> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|rejection| refuse(&source_text(&rejection)))
    }
}

fn is_json(parts: &Parts) -> bool {
    let named = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = named.and_then(|value| value.split(';').next()).unwrap_or("");
    essence.trim().eq_ignore_ascii_case("application/json")
}

fn parse<T: DeserializeOwned>(bytes: &Bytes) -> Refused<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner().to_string();
        match path.as_str() {
            "." => refuse(&reason),
            path => refuse_at(path, &reason),
        }
    })?;
    reader.end().map_err(|error| refuse(&error.to_string()))?;
    Ok(value)
}

fn refuse_at(path: &str, reason: &str) -> Problem {
    match refuse(reason) {
        Problem::Malformed(reason) => Problem::Malformed(format!("{path}: {reason}")),
        problem => problem,
    }
}

/// serde tells an unknown field from other mistakes in its words only.
fn refuse(reason: &str) -> Problem {
    let unknown = reason.split_once("unknown field `").and_then(|(_, rest)| rest.split_once('`'));
    match unknown {
        Some((name, _)) => Problem::UnknownField(name.to_owned()),
        None => Problem::Malformed(reason.to_owned()),
    }
}

/// The words of the innermost cause.
fn source_text(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its reading is tested")]
        name: String,
    }

    fn read(text: &'static str) -> Refused<Sample> {
        parse(&Bytes::from_static(text.as_bytes()))
    }

    #[test]
    fn a_field_too_many_is_named() {
        let problem = read(r#"{"name":"a","nmae":"b"}"#).expect_err("there is no nmae");
        assert_eq!(problem, Problem::UnknownField("nmae".to_owned()));
    }

    #[test]
    fn other_mistakes_say_where_they_are() {
        let problem = read(r#"{"name":1}"#).expect_err("a number is no text");
        let Problem::Malformed(reason) = problem else { panic!("{problem:?}") };
        assert!(reason.starts_with("name: invalid type"), "{reason}");
        assert!(matches!(read("{} {}"), Err(Problem::Malformed(_))));
        assert!(matches!(read(r#"{"name":"a"} x"#), Err(Problem::Malformed(_))));
    }
}
