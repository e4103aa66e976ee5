//! `DELETE /session`: signs out.

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use platform::people::sessions;
use serde::Serialize;
use utoipa::ToSchema;

use super::drop_cookie;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Refused;

#[derive(Serialize, ToSchema)]
#[schema(as = SignedOut)]
pub(crate) struct Response {}

/// Closes the session and the sockets that it opened; whoever has none is signed out already.
#[utoipa::path(delete, path = "/session", tag = "people", operation_id = "closeSession",
    responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
) -> Refused<(HeaderMap, Json<Response>)> {
    if let (Some(person), Some(token)) = (&caller.person, caller.token) {
        let (keys, closed) = (app.platform.keys.clone(), token.clone());
        app.platform.db.write(move |tx| sessions::close(tx, &keys, &closed)).await?;
        app.hub.sign_out(person.id, &token);
    }
    Ok((drop_cookie(&app), Json(Response {})))
}
