//! Files: what people send, and what anybody may fetch who has its address.

pub(crate) mod fetch;

mod part;
mod upload;

pub(crate) use part::FilePart;

use platform::media::{self, MAX_VOICE_MILLIS, MediaKind};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload::handle))
}

impl From<media::Error> for Problem {
    fn from(error: media::Error) -> Self {
        use media::Error;
        match error {
            Error::Empty => Self::Malformed("multipart: media".to_owned()),
            Error::WrongType(kind) => Self::FileType(types_of(kind)),
            Error::TooLarge(kind) => Self::TooLarge { most: most_of(kind) },
            Error::TooLong => Self::TooLong { most_secs: MAX_VOICE_MILLIS / 1_000 },
            Error::Files(error) => Self::Internal(error.to_string()),
            Error::Store(error) => error.into(),
        }
    }
}

/// What the official platform takes as each kind (spec content 1.1).
fn types_of(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "JPG, PNG, GIF, BMP",
        MediaKind::Voice => "AMR, MP3, Speex",
        MediaKind::Video => "MP4",
        MediaKind::Thumb => "JPG",
        MediaKind::Picture => "JPG, PNG",
    }
}

/// How large each kind may be, as `platform::media` has it.
fn most_of(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image | MediaKind::Video => "10 MB",
        MediaKind::Voice => "2 MB",
        MediaKind::Thumb => "64 KB",
        MediaKind::Picture => "1 MB",
    }
}
