//! `GET /accounts/{id}`: one account.

use axum::Json;
use axum::extract::{Path, State};
use platform::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Account, find, id_of};
use crate::caller::Signed;
use crate::problem::Refused;

/// An account as it is now; also what following and leaving answer.
#[derive(Serialize, ToSchema)]
#[schema(as = OneAccount)]
pub(crate) struct Response {
    account: Account,
}

/// Gets an account.
#[utoipa::path(get, path = "/accounts/{id}", tag = "accounts", operation_id = "getAccount",
    params(("id" = String, Path)), responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Path(id): Path<String>,
) -> Refused<Json<Response>> {
    let ids = platform.keys.ids();
    let id = id_of(ids, &id)?;
    let (account, chat) = platform.db.read(move |tx| find(tx, id, person.id)).await?;
    Ok(Json(Response { account: Account::new(ids, &account, chat.as_ref()) }))
}
