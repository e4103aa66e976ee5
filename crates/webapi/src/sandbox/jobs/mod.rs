//! Work that will not be tried again by itself.

mod list;
mod run_again;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub(super) fn router() -> Router<App> {
    Router::new().route("/jobs", get(list::handle)).route("/jobs/{id}/run", post(run_again::handle))
}
