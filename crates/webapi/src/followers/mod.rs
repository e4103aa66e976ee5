//! To follow and to leave.

mod follow;
mod unfollow;

use platform::followers;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(follow::handle, unfollow::handle))
}

impl From<followers::Error> for Problem {
    fn from(error: followers::Error) -> Self {
        match error {
            followers::Error::AccountNotFound | followers::Error::PersonNotFound => Self::NotFound,
            followers::Error::NotFollowing => Self::NotFollowing,
            followers::Error::Store(error) => error.into(),
        }
    }
}
