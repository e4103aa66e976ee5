//! Time, rest and a new beginning.

mod get_clock;
mod move_clock;
mod reset;
mod settle;

use axum::Router;
use axum::routing::{get, post};
use platform::sandbox;
use serde::Serialize;

use crate::app::App;
use crate::problem::Problem;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/clock", get(get_clock::handle).post(move_clock::handle))
        .route("/settle", post(settle::handle))
        .route("/reset", post(reset::handle))
}

/// What the clock shows.
#[derive(Serialize)]
pub(super) struct Now {
    now: String,
}

impl From<sandbox::Error> for Problem {
    fn from(error: sandbox::Error) -> Self {
        match error {
            sandbox::Error::Backwards => Self::Backwards,
            sandbox::Error::TooMuchDue => Self::TooMuchDue { most: sandbox::MAX_DUE },
            sandbox::Error::TooFar => Self::Value { field: "set", expected: "≤ 9999-12-31" },
            sandbox::Error::Store(error) => error.into(),
        }
    }
}
