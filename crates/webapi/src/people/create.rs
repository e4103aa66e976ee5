//! `POST /people`: makes a person and signs in as him, on a developer's own instance.

use axum::Json;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use platform::people::{self, NewPerson, sessions};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Person, keep_cookie};
use crate::app::App;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::{Problem, Refused};

#[derive(Deserialize, ToSchema)]
#[schema(as = NewPerson)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// 1 to 32 characters.
    nickname: String,
    /// 0 unknown, 1 male, 2 female.
    #[serde(default)]
    sex: i64,
    /// `zh_CN` if not given.
    #[serde(default)]
    language: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    province: String,
    #[serde(default)]
    city: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CreatedPerson)]
pub(crate) struct Response {
    person: Person,
}

/// Makes a person; a session that was open before is closed.
#[utoipa::path(post, path = "/people", tag = "people", operation_id = "createPerson",
    request_body = Request, responses((status = 201, body = Response)))]
pub(crate) async fn handle(
    State(app): State<App>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Refused<(StatusCode, HeaderMap, Json<Response>)> {
    if !app.is_dev() {
        return Err(Problem::DevOnly);
    }
    let keys = app.platform.keys.clone();
    let new = request.into_person();
    let write = move |tx: &mut db::Tx<'_>| {
        let person = people::create(tx, &new)?;
        if let Some(former) = &caller.token {
            sessions::close(tx, &keys, former)?;
        }
        let token = sessions::open(tx, &keys, person.id)?;
        Ok((person, token))
    };
    let (person, token) = app.platform.db.write::<_, people::Error, _>(write).await?;
    let person = Person::new(app.platform.keys.ids(), &person);
    Ok((StatusCode::CREATED, keep_cookie(&app, &token), Json(Response { person })))
}

impl Request {
    fn into_person(self) -> NewPerson {
        NewPerson {
            nickname: self.nickname,
            sex: self.sex,
            language: self.language,
            country: self.country,
            province: self.province,
            city: self.city,
            ..NewPerson::default()
        }
    }
}
