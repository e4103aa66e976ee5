//! `GET /sandbox/accounts`: all accounts, newest first.

use axum::Json;
use axum::extract::State;
use platform::Platform;
use platform::accounts::directory;
use serde::{Deserialize, Serialize};

use super::{Account, find};
use crate::body::Query;
use crate::paging;
use crate::problem::Refused;

/// Accounts on a page, unless it is asked for fewer or more.
const DEFAULT: i64 = 100;
const MOST: i64 = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// The AppID of the last account of the page before.
    after: Option<String>,
    limit: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct Response {
    accounts: Vec<Account>,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let limit = paging::within(request.limit, DEFAULT, MOST)?;
    let before = match request.after.as_deref() {
        None | Some(paging::START) => None,
        Some(app_id) => Some(find(&platform, app_id).await?.id),
    };
    let list = move |tx: &mut db::Tx<'_>| directory::list_newest(tx, before, limit);
    let accounts = platform.db.read(list).await?;
    Ok(Json(Response { accounts: accounts.iter().map(Account::new).collect() }))
}
