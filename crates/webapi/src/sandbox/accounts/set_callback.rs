//! `PUT /sandbox/accounts/{appid}/callback`: sets the server for pushes, once it has answered.

use axum::Json;
use axum::extract::{Path, State};
use platform::Platform;
use platform::accounts::edge;

use super::{Account, NewCallback, find};
use crate::body::Body;
use crate::problem::Refused;

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(app_id): Path<String>,
    Body(request): Body<NewCallback>,
) -> Refused<Json<Account>> {
    let id = find(&platform, &app_id).await?.id;
    edge::set_callback_verified(&platform, id, request.read()?, None).await?;
    Ok(Json(Account::new(&find(&platform, &app_id).await?)))
}
