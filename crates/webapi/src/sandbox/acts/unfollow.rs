//! `POST /sandbox/people/{id}/unfollow`: a person leaves an account.

use axum::Json;
use axum::extract::{Path, State};
use platform::{Platform, followers};
use serde::Serialize;

use super::act::{Act, Plain};
use super::outcome::deliveries;
use crate::body::Body;
use crate::problem::Refused;
use crate::sandbox::deliveries::Delivery;
use crate::sandbox::{accounts, people};

#[derive(Serialize)]
pub(super) struct Response {
    deliveries: Vec<Delivery>,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(id): Path<String>,
    Body(act): Body<Act<Plain>>,
) -> Refused<Json<Response>> {
    let person = people::id_of(&platform, &id)?;
    let account = accounts::find(&platform, &act.appid).await?;
    let target = account.id;
    let write = move |tx: &mut db::Tx<'_>| followers::unsubscribe(tx, (target, person));
    let left = platform.db.write(write).await?;
    let deliveries = match left.changed {
        true => deliveries(&platform, &account, left.push, act.wait).await?,
        false => Vec::new(),
    };
    Ok(Json(Response { deliveries }))
}
