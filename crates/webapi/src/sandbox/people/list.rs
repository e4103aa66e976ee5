//! `GET /sandbox/people`: all people, newest first.

use axum::Json;
use axum::extract::State;
use platform::Platform;
use platform::sandbox::list_newest_people;
use serde::{Deserialize, Serialize};

use super::ScriptedPerson;
use crate::body::Query;
use crate::paging;
use crate::problem::Refused;

/// People on a page, unless it is asked for fewer or more.
const DEFAULT: i64 = 100;
const MOST: i64 = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// The id of the last person of the page before.
    after: Option<String>,
    limit: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct Response {
    people: Vec<ScriptedPerson>,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let ids = platform.keys.ids();
    let limit = paging::within(request.limit, DEFAULT, MOST)?;
    let before = paging::after(request.after.as_deref(), |text| ids.find_person(text))?;
    let people = platform.db.read(move |tx| list_newest_people(tx, before, limit)).await?;
    let people = people.iter().map(|person| ScriptedPerson::new(ids, person)).collect();
    Ok(Json(Response { people }))
}
