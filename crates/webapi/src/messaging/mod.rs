//! What people write.

mod send;

pub(crate) use send::own_upload;

use platform::messaging;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(send::handle))
}

impl From<messaging::Error> for Problem {
    fn from(error: messaging::Error) -> Self {
        use messaging::Error;
        match error {
            Error::AccountNotFound | Error::PersonNotFound | Error::MediaNotFound => Self::NotFound,
            Error::NotFollowing => Self::NotFollowing,
            Error::EmptyContent | Error::TextTooLong => Self::Text { most: messaging::MAX_TEXT },
            Error::InvalidPlace => {
                Self::Value { field: "latitude, longitude", expected: "-90…90, -180…180" }
            }
            Error::Store(error) => error.into(),
            // The rest befalls accounts only, which do not call here.
            other => Self::Internal(other.to_string()),
        }
    }
}
