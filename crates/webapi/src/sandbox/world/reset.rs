//! `POST /sandbox/reset`: empties the world.

use axum::Json;
use axum::extract::State;
use platform::sandbox::reset::{self, Keep};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::body::Body;
use crate::problem::Refused;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    #[serde(default)]
    keep: Vec<Kept>,
}

/// What may stay.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kept {
    /// Accounts and their credentials.
    Accounts,
}

pub(super) async fn handle(
    State(app): State<App>,
    Body(request): Body<Request>,
) -> Refused<Json<Value>> {
    let keep = match request.keep.first() {
        Some(Kept::Accounts) => Keep::Accounts,
        None => Keep::Nothing,
    };
    let _alone = app.world.lock().await;
    reset::reset(&app.platform, keep).await?;
    Ok(Json(json!({})))
}
