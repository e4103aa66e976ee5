//! The sandbox: people, time and the world, driven by scripts.
//!
//! Paths and fields are a contract, so unknown fields are refused: a typo in a test must not pass
//! silently. What people do goes through the same functions as the client's.

mod accounts;
mod acts;
mod deliveries;
mod gate;
mod jobs;
mod people;
mod show_root;
mod world;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};

use crate::app::App;
use crate::problem::Problem;

/// Paths of the contract that a later issue builds.
const NOT_BUILT: [&str; 12] = [
    "/people/bulk",
    "/people/{id}/tap",
    "/people/{id}/scan",
    "/people/{id}/authorize",
    "/people/{id}/choose",
    "/people/{id}/subscribe",
    "/people/{id}/read",
    "/faults",
    "/snapshots",
    "/snapshots/{name}",
    "/snapshots/{name}/restore",
    "/explain/{rid}",
];

pub(crate) fn router(app: &App) -> Router<App> {
    let built = Router::new()
        .route("/", get(show_root::handle))
        .route("/deliveries", get(deliveries::list::handle))
        .merge(accounts::router())
        .merge(people::router())
        .merge(acts::router())
        .merge(jobs::router())
        .merge(world::router());
    NOT_BUILT
        .into_iter()
        .fold(built, |router, path| router.route(path, any(not_built)))
        .fallback(crate::no_path)
        .method_not_allowed_fallback(crate::wrong_method)
        .layer(from_fn_with_state(app.clone(), gate::keep))
        .layer(from_fn(crate::say_refusals))
}

async fn not_built() -> Problem {
    Problem::NotBuilt
}
