//! `GET /healthz` and `GET /readyz`: for whoever watches over the process.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform::Platform;
use serde_json::{Value, json};

/// The process answers.
pub(crate) async fn live() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// The process answers, and so does its store.
pub(crate) async fn ready(State(platform): State<Platform>) -> (StatusCode, Json<Value>) {
    match platform.engine().find_next_due().await {
        Ok(_) => (StatusCode::OK, Json(json!({ "status": "ok" }))),
        Err(error) => {
            tracing::warn!(%error, "not ready: the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "no store" })))
        }
    }
}
