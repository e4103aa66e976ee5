//! `GET /people`: whom one can become, on a developer's own instance.

use axum::Json;
use axum::extract::State;
use platform::sandbox;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Person;
use crate::app::App;
use crate::body::Query;
use crate::paging;
use crate::problem::{Problem, Refused};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Request {
    /// Where to go on: `next` of the page before.
    after: Option<String>,
    /// 1 to 100; 50 if not given.
    limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = People)]
pub(crate) struct Response {
    /// Newest last.
    people: Vec<Person>,
    /// Where to go on; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Lists the people of this instance.
#[utoipa::path(get, path = "/people", tag = "people", operation_id = "listPeople",
    params(Request), responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(app): State<App>,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    if !app.is_dev() {
        return Err(Problem::DevOnly);
    }
    let ids = app.platform.keys.ids();
    let limit = paging::limit(request.limit)?;
    let after = paging::after(request.after.as_deref(), |text| ids.find_person(text))?;
    let mut people =
        app.platform.db.read(move |tx| sandbox::list_people(tx, after, limit + 1)).await?;
    let more = paging::cut(&mut people, limit);
    let people: Vec<Person> = people.iter().map(|person| Person::new(ids, person)).collect();
    let next = people.last().filter(|_| more).map(|person| person.id.clone());
    Ok(Json(Response { people, next }))
}
