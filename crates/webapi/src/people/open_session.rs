//! `POST /session`: becomes a person, on a developer's own instance.

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use platform::people::{self, sessions};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Person, keep_cookie};
use crate::app::App;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::{Problem, Refused};

#[derive(Deserialize, ToSchema)]
#[schema(as = OpenSession)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// Whom to become.
    person: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SignedIn)]
pub(crate) struct Response {
    person: Person,
}

/// Signs in as a person; a session that was open before is closed.
#[utoipa::path(post, path = "/session", tag = "people", operation_id = "openSession",
    request_body = Request, responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Refused<(HeaderMap, Json<Response>)> {
    if !app.is_dev() {
        return Err(Problem::NoSignIn);
    }
    let keys = app.platform.keys.clone();
    let id = keys.ids().find_person(&request.person).ok_or(Problem::NotFound)?;
    let write = move |tx: &mut db::Tx<'_>| {
        let person = people::get(tx, id)?;
        if let Some(former) = &caller.token {
            sessions::close(tx, &keys, former)?;
        }
        let token = sessions::open(tx, &keys, id)?;
        Ok((person, token))
    };
    let (person, token) = app.platform.db.write::<_, people::Error, _>(write).await?;
    let person = Person::new(app.platform.keys.ids(), &person);
    Ok((keep_cookie(&app, &token), Json(Response { person })))
}
