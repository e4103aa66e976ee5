//! `GET /accounts/{id}/chat`: one row of the chat list.

use axum::Json;
use axum::extract::{Path, State};
use platform::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use super::Chat;
use crate::accounts;
use crate::caller::Signed;
use crate::problem::Refused;

#[derive(Serialize, ToSchema)]
#[schema(as = OneChat)]
pub(crate) struct Response {
    chat: Chat,
}

/// Gets the person's chat with an account, even if nothing was said yet.
#[utoipa::path(get, path = "/accounts/{id}/chat", tag = "conversations",
    operation_id = "getChat", params(("id" = String, Path)),
    responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Path(id): Path<String>,
) -> Refused<Json<Response>> {
    let ids = platform.keys.ids();
    let id = accounts::id_of(ids, &id)?;
    let reader = person.id;
    let (account, chat) = platform.db.read(move |tx| accounts::find(tx, id, reader)).await?;
    Ok(Json(Response { chat: Chat::new(ids, &account, chat.as_ref(), &person) }))
}
