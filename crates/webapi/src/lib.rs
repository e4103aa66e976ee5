//! Our own HTTP surfaces: the JSON API of the client, live events, the sandbox, the pages.
//!
//! A room a folder, an endpoint a file. Rules live in `platform`; here is reading, calling and
//! showing.

mod accounts;
mod app;
mod body;
mod caller;
mod conversations;
mod followers;
mod health;
mod instant;
mod language;
mod live;
mod media;
mod messaging;
mod origins;
mod pages;
mod paging;
mod people;
mod problem;
mod sandbox;
mod sentences;
mod settings;

pub use settings::{Mode, Sandbox, Settings};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use http::header::CACHE_CONTROL;
use http::{HeaderValue, header};
use platform::Platform;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder, ServerBuilder};
use utoipa_axum::router::OpenApiRouter;

use app::App;
use language::Language;
use problem::Problem;

/// Where the client API lives; also the path of its cookie.
const CLIENT_API: &str = "/api/client/v1";

/// All of our own paths, and the pages of the client at every other one.
pub fn routes(platform: Platform, settings: Settings) -> Router {
    let app = App::new(platform, settings);
    let plain = Router::new()
        .route("/media/{id}", get(media::fetch::handle))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .fallback(pages::handle)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(say_refusals));
    Router::new()
        .nest(CLIENT_API, client_api(&app))
        .nest("/sandbox", sandbox::router(&app))
        .merge(plain)
        .with_state(app)
}

/// The OpenAPI document of the client API, as JSON.
pub fn openapi() -> String {
    describe(&documented().into_openapi())
}

/// The endpoints of the client API that the document tells of.
fn documented() -> OpenApiRouter<App> {
    let info = InfoBuilder::new().title("Teahouse client API").version("1").build();
    let server = ServerBuilder::new().url(CLIENT_API).build(); // paths are counted from it
    let document = OpenApiBuilder::new().info(info).servers(Some([server])).build();
    OpenApiRouter::with_openapi(document)
        .merge(people::router())
        .merge(accounts::router())
        .merge(followers::router())
        .merge(conversations::router())
        .merge(messaging::router())
        .merge(media::router())
}

fn describe(document: &OpenApi) -> String {
    document.to_pretty_json().expect("the document is plain data")
}

fn client_api(app: &App) -> Router<App> {
    let (router, document) = documented().split_for_parts();
    let document = Bytes::from(describe(&document));
    let described = move || {
        let document = document.clone();
        let json = HeaderValue::from_static("application/json");
        async move { ([(header::CONTENT_TYPE, json)], document) }
    };
    router
        .route("/live", get(live::connect))
        .route("/openapi.json", get(described))
        .fallback(no_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(app.clone(), caller::recognise))
        .layer(from_fn(keep_out_of_caches))
}

async fn no_path() -> Problem {
    Problem::NoPath
}

async fn wrong_method() -> Problem {
    Problem::Method
}

/// Says refusals in the language that the request asks for.
async fn say_refusals(request: Request, next: Next) -> Response {
    let language = Language::of_request(request.headers());
    caller::translate(next.run(request).await, language)
}

/// Answers of the API are about one person at one moment.
async fn keep_out_of_caches(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let value = HeaderValue::from_static("no-store");
    response.headers_mut().entry(CACHE_CONTROL).or_insert(value);
    response
}
