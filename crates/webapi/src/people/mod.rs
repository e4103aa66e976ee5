//! People and their sessions.

mod close_session;
mod create;
mod get_session;
mod list;
mod open_session;
mod update;

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use platform::ids::PublicIds;
use platform::people;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::caller::COOKIE_NAME;
use crate::problem::Problem;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_session::handle, open_session::handle, close_session::handle))
        .routes(routes!(list::handle, create::handle))
        .routes(routes!(update::handle))
}

/// A person, as he and the sandbox see him.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Person {
    id: String,
    nickname: String,
    /// 0 unknown, 1 male, 2 female.
    sex: i64,
    language: String,
    country: String,
    province: String,
    city: String,
    #[schema(required)]
    avatar_url: Option<String>,
}

impl Person {
    pub(crate) fn new(ids: &PublicIds, person: &people::Person) -> Self {
        Self {
            id: ids.person(person.id),
            nickname: person.nickname.clone(),
            sex: person.sex,
            language: person.language.clone(),
            country: person.country.clone(),
            province: person.province.clone(),
            city: person.city.clone(),
            avatar_url: person.avatar_url.clone(),
        }
    }
}

impl From<people::Error> for Problem {
    fn from(error: people::Error) -> Self {
        match error {
            people::Error::NotFound => Self::NotFound,
            people::Error::InvalidNickname => Self::Nickname { most: people::MAX_NICKNAME },
            people::Error::InvalidSex => Self::Sex,
            people::Error::FieldTooLong(field) => {
                Self::FieldTooLong { field: field.to_owned(), most: people::MAX_FIELD }
            }
            people::Error::Store(error) => error.into(),
        }
    }
}

/// How long a browser keeps the cookie: the longest that browsers grant (400 days).
const COOKIE_SECS: i64 = 400 * 86_400;

/// The header that keeps a session's token in the browser, out of reach of scripts.
fn keep_cookie(app: &App, token: &str) -> HeaderMap {
    set_cookie(app, token, COOKIE_SECS)
}

/// The header that takes the cookie away.
fn drop_cookie(app: &App) -> HeaderMap {
    set_cookie(app, "", 0)
}

fn set_cookie(app: &App, token: &str, max_age_secs: i64) -> HeaderMap {
    let secure = match app.platform.settings.public_url.starts_with("https://") {
        true => "; Secure",
        false => "",
    };
    let cookie = format!(
        "{COOKIE_NAME}={token}; Path={}; Max-Age={max_age_secs}; HttpOnly; SameSite=Strict{secure}",
        crate::CLIENT_API
    );
    let value = HeaderValue::try_from(cookie).expect("tokens are base64url and a dot");
    HeaderMap::from_iter([(SET_COOKIE, value)])
}
