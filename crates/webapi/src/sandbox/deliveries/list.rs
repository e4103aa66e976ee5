//! `GET /sandbox/deliveries`: the latest deliveries of an account, newest first.

use axum::Json;
use axum::extract::State;
use platform::Platform;
use platform::callbacks::deliveries;
use serde::Deserialize;

use super::Delivery;
use crate::body::Query;
use crate::paging;
use crate::problem::Refused;
use crate::sandbox::accounts;

/// Deliveries on a page; each has two bodies of up to 16 KiB.
const DEFAULT: i64 = 50;
const MOST: i64 = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    appid: String,
    limit: Option<i64>,
}

#[derive(serde::Serialize)]
pub(crate) struct Response {
    deliveries: Vec<Delivery>,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let limit = paging::within(request.limit, DEFAULT, MOST)?;
    let account = accounts::find(&platform, &request.appid).await?.id;
    let found = platform.db.read(move |tx| deliveries::list(tx, account, limit)).await?;
    let ids = platform.keys.ids();
    let shown = found.into_iter().map(|delivery| Delivery::new(ids, account, delivery));
    Ok(Json(Response { deliveries: shown.collect() }))
}
