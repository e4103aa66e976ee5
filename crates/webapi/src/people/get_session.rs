//! `GET /session`: who is signed in, and what kind of instance this is.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Person;
use crate::app::App;
use crate::caller::Caller;

#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct Response {
    /// `dev` or `serve`.
    mode: &'static str,
    version: String,
    /// Whoever is signed in.
    #[schema(required)]
    person: Option<Person>,
}

/// Tells who is signed in; never refused.
#[utoipa::path(get, path = "/session", tag = "people", operation_id = "getSession",
    responses((status = 200, body = Response)))]
pub(crate) async fn handle(State(app): State<App>, caller: Caller) -> Json<Response> {
    let ids = app.platform.keys.ids();
    Json(Response {
        mode: app.settings.mode.as_str(),
        version: app.settings.version.clone(),
        person: caller.person.map(|person| Person::new(ids, &person)),
    })
}
