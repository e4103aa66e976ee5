//! `GET /api/client/v1/live`: the WebSocket on which a client hears that there is news.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, Request, State};
use axum::response::Response;

use super::socket;
use crate::app::App;
use crate::caller::{Caller, Signed};
use crate::problem::{Problem, Refused};

/// Bytes read at once: the client sends pongs only, and most sockets are idle.
const READ_BUFFER_BYTES: usize = 512;
/// The longest frame that is taken from a client.
const MOST_BYTES: usize = 4 * 1024;

/// Opens a socket for the signed-in person.
pub(crate) async fn handle(
    State(app): State<App>,
    Signed(person): Signed,
    caller: Caller,
    request: Request,
) -> Refused<Response> {
    if !app.origins.admits(request.headers()) {
        return Err(Problem::Foreign);
    }
    let (mut parts, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &app)
        .await
        .map_err(|rejection| Problem::Malformed(rejection.to_string()))?;
    let place = app.hub.admit(person.id, caller.token.unwrap_or_default())?;
    let ids = app.platform.keys.ids().clone();
    Ok(upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(MOST_BYTES)
        .max_message_size(MOST_BYTES)
        .max_frame_size(MOST_BYTES)
        .on_upgrade(move |upgraded| socket::serve(upgraded, place, ids)))
}
