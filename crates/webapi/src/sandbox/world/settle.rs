//! `POST /sandbox/settle`: waits until nothing is due or running any more.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use platform::Platform;
use serde::{Deserialize, Serialize};

use crate::body::Body;
use crate::problem::{Problem, Refused};

/// Milliseconds of real time.
const DEFAULT: u64 = 5_000;
/// Longer than any HTTP client waits.
const MOST: u64 = 600_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    timeout_ms: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct Response {
    settled: bool,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Body(request): Body<Request>,
) -> Refused<Json<Response>> {
    let millis = request.timeout_ms.unwrap_or(DEFAULT);
    if millis > MOST {
        return Err(Problem::Value { field: "timeout_ms", expected: "0 … 600000" });
    }
    let drained = platform.engine().drain();
    let settled = match tokio::time::timeout(Duration::from_millis(millis), drained).await {
        Ok(drained) => drained.map(|()| true)?,
        Err(_) => false,
    };
    Ok(Json(Response { settled }))
}
