//! Who may drive the sandbox: nobody, whoever has the key, or whoever is on this machine, except
//! the web pages that its browser shows.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::problem::{Problem, Refused};
use crate::settings::Sandbox;

/// A layer: lets in whoever may.
pub(super) async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    match admit(&app, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn admit(app: &App, headers: &HeaderMap) -> Refused<()> {
    match &app.settings.sandbox {
        Sandbox::Off => Err(Problem::NoPath),
        // No page can know the key, so a name that is not ours does no harm.
        Sandbox::Key(key) if has_key(headers, key) => Ok(()),
        Sandbox::Key(_) => Err(Problem::NoKey),
        Sandbox::Open if app.origins.knows_host(headers) && app.origins.admits(headers) => Ok(()),
        Sandbox::Open => Err(Problem::Foreign),
    }
}

fn has_key(headers: &HeaderMap, key: &SecretString) -> bool {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or("");
    given.as_bytes().ct_eq(key.expose_secret().as_bytes()).into()
}
