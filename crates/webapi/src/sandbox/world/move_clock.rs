//! `POST /sandbox/clock`: moves the clock; what falls due on the way is run before the answer.

use axum::Json;
use axum::extract::State;
use platform::sandbox::clock::{self, Move};
use serde::Deserialize;

use super::Now;
use crate::app::App;
use crate::body::Body;
use crate::instant;
use crate::problem::{Problem, Refused};

/// One of the three.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// A duration such as `3d4h`.
    advance: Option<String>,
    /// RFC 3339.
    set: Option<String>,
    /// Only `true`.
    real: Option<bool>,
}

pub(super) async fn handle(
    State(app): State<App>,
    Body(request): Body<Request>,
) -> Refused<Json<Now>> {
    let to = request.read()?;
    let _alone = app.world.lock().await;
    let now = clock::go(&app.platform, to).await?;
    Ok(Json(Now { now: instant::format(now) }))
}

impl Request {
    fn read(&self) -> Refused<Move> {
        match (&self.advance, &self.set, self.real) {
            (Some(text), None, None) => clock::parse_duration(text)
                .map(Move::Advance)
                .ok_or(Problem::Value { field: "advance", expected: "3d4h, 90s …" }),
            (None, Some(text), None) => instant::parse(text)
                .map(Move::Set)
                .ok_or(Problem::Value { field: "set", expected: "RFC 3339" }),
            (None, None, Some(true)) => Ok(Move::Real),
            _ => Err(Problem::Malformed("advance | set | real".to_owned())),
        }
    }
}
