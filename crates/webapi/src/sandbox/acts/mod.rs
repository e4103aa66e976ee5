//! What people do.
//!
//! Each act is stored first. Then, unless the script does not want to wait, its deliveries are
//! waited for, retries included.

mod act;
mod follow;
mod locate;
mod outcome;
mod send;
mod unfollow;

use axum::Router;
use axum::routing::post;

use crate::app::App;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/people/{id}/follow", post(follow::handle))
        .route("/people/{id}/unfollow", post(unfollow::handle))
        .route("/people/{id}/send", post(send::handle))
        .route("/people/{id}/locate", post(locate::handle))
}
