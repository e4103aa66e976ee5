//! `DELETE /sandbox/accounts/{appid}`: removes an account with all that is its own.

use axum::Json;
use axum::extract::{Path, State};
use platform::{Platform, accounts};
use serde_json::{Value, json};

use super::find;
use crate::problem::Refused;

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(app_id): Path<String>,
) -> Refused<Json<Value>> {
    let id = find(&platform, &app_id).await?.id;
    platform.db.write(move |tx| accounts::remove(tx, id)).await?;
    Ok(Json(json!({})))
}
