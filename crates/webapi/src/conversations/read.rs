//! `POST /accounts/{id}/read`: notes up to which message the person has read.

use axum::Json;
use axum::extract::{Path, State};
use platform::Platform;
use platform::conversations::chats;
use platform::ids::Seq;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts;
use crate::body::Body;
use crate::caller::Signed;
use crate::problem::{Problem, Refused};

#[derive(Deserialize, ToSchema)]
#[schema(as = Read)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// The number of the last message that was read.
    seq: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Unread)]
pub(crate) struct Response {
    unread: i64,
}

/// Moves the mark forward; never back.
#[utoipa::path(post, path = "/accounts/{id}/read", tag = "conversations",
    operation_id = "markRead", params(("id" = String, Path)), request_body = Request,
    responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Path(id): Path<String>,
    Body(request): Body<Request>,
) -> Refused<Json<Response>> {
    let id = accounts::id_of(platform.keys.ids(), &id)?;
    let seq = request.seq.parse().ok().filter(|seq| *seq >= 0);
    let seq = seq.map(Seq).ok_or_else(|| Problem::Malformed("seq".to_owned()))?;
    let write = move |tx: &mut db::Tx<'_>| {
        platform::accounts::find(tx, id)?.ok_or(Problem::NotFound)?;
        Ok(chats::mark_read(tx, person.id, id, seq)?)
    };
    let unread = platform.db.write::<_, Problem, _>(write).await?;
    Ok(Json(Response { unread }))
}
