//! `PUT /accounts/{id}/follow`: begins to follow.

use axum::Json;
use axum::extract::{Path, State};
use platform::{Platform, followers};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::{self, Account};
use crate::caller::Signed;
use crate::problem::{Problem, Refused};

/// Where a follower comes from who found the account by its name (spec core 6).
const SCENE: &str = "ADD_SCENE_SEARCH";

#[derive(Serialize, ToSchema)]
#[schema(as = FollowedAccount)]
pub(crate) struct Response {
    account: Account,
}

/// Follows an account; for one who follows already nothing changes.
#[utoipa::path(put, path = "/accounts/{id}/follow", tag = "followers", operation_id = "follow",
    params(("id" = String, Path)), responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Path(id): Path<String>,
) -> Refused<Json<Response>> {
    let keys = platform.keys.clone();
    let id = accounts::id_of(keys.ids(), &id)?;
    let write = move |tx: &mut db::Tx<'_>| {
        followers::subscribe(tx, &keys, (id, person.id), SCENE, "")?;
        accounts::find(tx, id, person.id)
    };
    let (account, chat) = platform.db.write::<_, Problem, _>(write).await?;
    let account = Account::new(platform.keys.ids(), &account, chat.as_ref());
    Ok(Json(Response { account }))
}
