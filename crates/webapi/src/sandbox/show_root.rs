//! `GET /sandbox`: what this instance is.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::app::App;

#[derive(Serialize)]
pub(super) struct Response {
    version: String,
    /// The HTTP proxy for unchanged programs; there is none yet.
    proxy: Option<String>,
    /// The proxy's certificate authority.
    ca_pem: Option<String>,
    data: String,
}

pub(super) async fn handle(State(app): State<App>) -> Json<Response> {
    let settings = &app.settings;
    let (version, data) = (settings.version.clone(), settings.data.clone());
    Json(Response { version, proxy: None, ca_pem: None, data })
}
