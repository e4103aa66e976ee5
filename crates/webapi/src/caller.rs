//! Who calls, in which language he is answered, and whether he may.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::COOKIE;
use http::request::Parts;
use http::{HeaderMap, Method};
use platform::people::{self, Person, sessions};

use crate::app::App;
use crate::language::Language;
use crate::problem::{Problem, Refused};

/// The cookie that holds a session's token.
pub(crate) const COOKIE_NAME: &str = "teahouse_client";

/// Whoever sent the request.
#[derive(Clone)]
pub(crate) struct Caller {
    /// The signed-in person.
    pub(crate) person: Option<Person>,
    /// The session's token, as the browser sent it.
    pub(crate) token: Option<String>,
}

/// The signed-in person: a handler that names him cannot be reached without.
pub(crate) struct Signed(pub(crate) Person);

/// A layer: finds out who calls, refuses foreign pages that want to write, and says refusals in
/// the caller's language.
pub(crate) async fn recognise(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    let token = find_token(request.headers()).map(str::to_owned);
    let wanted = Language::of_request(request.headers());
    let person = match find_person(&app, token.as_deref()).await {
        Ok(person) => person,
        Err(problem) => return translate(problem.into_response(), wanted),
    };
    let language = person.as_ref().map_or(wanted, |person| Language::of_person(&person.language));
    if writes(request.method()) && !app.origins.admits(request.headers()) {
        return Problem::Foreign.answer(language);
    }
    request.extensions_mut().insert(Caller { person, token });
    translate(next.run(request).await, language)
}

/// Says a refusal anew in the caller's language.
pub(crate) fn translate(mut response: Response, language: Language) -> Response {
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.answer(language),
        None => response,
    }
}

/// Whether a method changes something.
pub(crate) fn writes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

async fn find_person(app: &App, token: Option<&str>) -> Refused<Option<Person>> {
    let Some(token) = token.map(str::to_owned) else { return Ok(None) };
    let keys = app.platform.keys.clone();
    let find = move |tx: &mut db::Tx<'_>| match sessions::find(tx, &keys, &token)? {
        Some(person) => people::find(tx, person),
        None => Ok(None),
    };
    Ok(app.platform.db.read::<_, db::Error, _>(find).await?)
}

fn find_token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE_NAME).then_some(value)
    })
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Refused<Self> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(|| Problem::Internal("the layer that recognises is missing".to_owned()))
    }
}

impl FromRequestParts<App> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Refused<Self> {
        let caller = parts.extensions.get::<Caller>();
        let person = caller.and_then(|caller| caller.person.clone());
        person.map(Self).ok_or(Problem::SignedOut)
    }
}
