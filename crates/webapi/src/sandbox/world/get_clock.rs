//! `GET /sandbox/clock`: the platform's present instant.

use axum::Json;
use axum::extract::State;
use platform::Platform;

use super::Now;
use crate::instant;

pub(super) async fn handle(State(platform): State<Platform>) -> Json<Now> {
    Json(Now { now: instant::format(platform.db.clock().now()) })
}
