//! `DELETE /accounts/{id}/follow`: ceases to follow.

use axum::Json;
use axum::extract::{Path, State};
use platform::{Platform, followers};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::{self, Account};
use crate::caller::Signed;
use crate::problem::{Problem, Refused};

#[derive(Serialize, ToSchema)]
#[schema(as = UnfollowedAccount)]
pub(crate) struct Response {
    account: Account,
}

/// Leaves an account; for one who does not follow nothing changes.
#[utoipa::path(delete, path = "/accounts/{id}/follow", tag = "followers",
    operation_id = "unfollow", params(("id" = String, Path)),
    responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Path(id): Path<String>,
) -> Refused<Json<Response>> {
    let id = accounts::id_of(platform.keys.ids(), &id)?;
    let write = move |tx: &mut db::Tx<'_>| {
        if followers::find(tx, id, person.id)?.is_some() {
            followers::unsubscribe(tx, (id, person.id))?;
        }
        accounts::find(tx, id, person.id)
    };
    let (account, chat) = platform.db.write::<_, Problem, _>(write).await?;
    let account = Account::new(platform.keys.ids(), &account, chat.as_ref());
    Ok(Json(Response { account }))
}
