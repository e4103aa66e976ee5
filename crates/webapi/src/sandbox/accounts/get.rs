//! `GET /sandbox/accounts/{appid}`: one account.

use axum::Json;
use axum::extract::{Path, State};
use platform::Platform;

use super::{Account, find};
use crate::problem::Refused;

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(app_id): Path<String>,
) -> Refused<Json<Account>> {
    Ok(Json(Account::new(&find(&platform, &app_id).await?)))
}
