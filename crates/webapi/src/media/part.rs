//! Reading the one file of a multipart body.

use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;

use crate::problem::{Problem, Refused};

/// MiB in a body: the largest official upload is 10 MB, and multipart adds a little.
const MOST_MIB: usize = 11;

/// The file in the part `media`.
pub(crate) struct FilePart {
    pub(crate) file_name: String,
    pub(crate) bytes: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for FilePart {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Refused<Self> {
        let request = request
            .map(|body| axum::body::Body::new(http_body_util::Limited::new(body, MOST_MIB << 20)));
        let mut form = Multipart::from_request(request, state)
            .await
            .map_err(|_| Problem::ContentType("multipart/form-data"))?;
        while let Some(part) = form.next_field().await.map_err(|error| refuse(&error))? {
            if part.name() == Some("media") {
                let file_name = part.file_name().unwrap_or_default().to_owned();
                let bytes = part.bytes().await.map_err(|error| refuse(&error))?;
                return Ok(Self { file_name, bytes });
            }
        }
        Err(Problem::Malformed("multipart: media".to_owned()))
    }
}

fn refuse(error: &axum::extract::multipart::MultipartError) -> Problem {
    match error.status() {
        http::StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge { most: "10 MB" },
        _ if is_too_long(error) => Problem::TooLarge { most: "10 MB" },
        _ => Problem::Malformed(error.body_text()),
    }
}

fn is_too_long(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
