//! `PATCH /me`: changes one's own profile.

use axum::Json;
use axum::extract::State;
use platform::Platform;
use platform::people::{self, ProfileChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Person;
use crate::body::Body;
use crate::caller::Signed;
use crate::problem::Refused;

#[derive(Deserialize, ToSchema)]
#[schema(as = ProfileChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    nickname: Option<String>,
    language: Option<String>,
    sex: Option<i64>,
    country: Option<String>,
    province: Option<String>,
    city: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChangedPerson)]
pub(crate) struct Response {
    person: Person,
}

/// Changes the fields that are given.
#[utoipa::path(patch, path = "/me", tag = "people", operation_id = "updateMe",
    request_body = Request, responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Body(request): Body<Request>,
) -> Refused<Json<Response>> {
    let change = ProfileChange {
        nickname: request.nickname,
        sex: request.sex,
        language: request.language,
        country: request.country,
        province: request.province,
        city: request.city,
    };
    let person = platform.db.write(move |tx| people::update(tx, person.id, &change)).await?;
    Ok(Json(Response { person: Person::new(platform.keys.ids(), &person) }))
}
