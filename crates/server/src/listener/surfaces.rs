//! Which surface a request belongs to: the vendor's API, or our own API and pages.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use gateway::ClientAddr;
use http_body_util::Limited;
use hyper::body::{Body as _, Incoming};
use hyper::header::{ACCEPT, HOST};
use hyper::{Method, Request, StatusCode};
use ipnet::IpNet;
use tower::Service as _;

use super::client_address;

/// The longest body that is read: the largest official upload (a video of 10 MB) with what
/// multipart adds to it.
pub const MAX_BODY_BYTES: usize = 12 << 20;

/// Paths of our own that are no pages.
const OURS: [&str; 6] = ["/api", "/sandbox", "/media", "/healthz", "/readyz", "/console"];

/// What answers the requests of one listener.
pub struct Surfaces {
    gateway: Router,
    webapi: Router,
    trusted_proxies: Vec<IpNet>,
}

#[derive(Debug, PartialEq, Eq)]
enum Surface {
    Gateway,
    Webapi,
}

impl Surfaces {
    /// Ties the surfaces of a node together. `trusted_proxies` may say who is calling.
    pub fn new(gateway: Router, webapi: Router, trusted_proxies: Vec<IpNet>) -> Arc<Self> {
        Arc::new(Self { gateway, webapi, trusted_proxies })
    }

    pub(super) async fn answer(&self, peer: IpAddr, request: Request<Incoming>) -> Response {
        if request.body().size_hint().lower() > MAX_BODY_BYTES as u64 {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        }
        let caller = client_address::find(peer, request.headers(), &self.trusted_proxies);
        let surface = surface_of(&request);
        let mut request = request.map(|body| Body::new(Limited::new(body, MAX_BODY_BYTES)));
        request.extensions_mut().insert(ClientAddr(caller));
        // The limit above holds for all, so that no handler has one of its own by accident.
        DefaultBodyLimit::disable().apply(&mut request);
        let mut router = match surface {
            Surface::Gateway => self.gateway.clone(),
            Surface::Webapi => self.webapi.clone(),
        };
        router.call(request).await.unwrap_or_else(|never| match never {})
    }
}

fn surface_of<B>(request: &Request<B>) -> Surface {
    let path = request.uri().path();
    if host_of(request).is_some_and(gateway::is_vendor_host) {
        return Surface::Gateway;
    }
    if is_ours(path) {
        return Surface::Webapi;
    }
    if gateway::is_vendor_path(path) || !is_page(request) {
        return Surface::Gateway;
    }
    Surface::Webapi
}

/// The host that the caller meant, with or without a port.
fn host_of<B>(request: &Request<B>) -> Option<&str> {
    let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    request.uri().host().or(header)
}

fn is_ours(path: &str) -> bool {
    OURS.iter().any(|ours| {
        path.strip_prefix(ours).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Whether a browser asks for a page of the client, or for a part of one.
fn is_page<B>(request: &Request<B>) -> bool {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return false;
    }
    let path = request.uri().path();
    path == "/" || accepts_html(request) || web_assets::get(path, "").is_some()
}

fn accepts_html<B>(request: &Request<B>) -> bool {
    let mut accepted = request.headers().get_all(ACCEPT).iter();
    accepted.any(|value| value.to_str().is_ok_and(|value| value.contains("text/html")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surface(method: Method, host: &str, path: &str, accept: &str) -> Surface {
        let request = Request::builder().method(method).uri(path);
        surface_of(&request.header(HOST, host).header(ACCEPT, accept).body(()).unwrap())
    }

    #[test]
    fn a_vendor_host_has_vendor_paths_only() {
        let page = |host| surface(Method::GET, host, "/", "text/html");
        assert_eq!(page("api.weixin.qq.com"), Surface::Gateway);
        assert_eq!(page("api.weixin.qq.com:8080"), Surface::Gateway);
        assert_eq!(page("127.0.0.1:8080"), Surface::Webapi);
    }

    #[test]
    fn a_path_tells_the_rest() {
        let of = |method, path, accept| surface(method, "localhost", path, accept);
        assert_eq!(of(Method::GET, "/cgi-bin/token", "text/html"), Surface::Gateway);
        assert_eq!(of(Method::POST, "/api/client/v1/session", "*/*"), Surface::Webapi);
        assert_eq!(of(Method::POST, "/sandbox", "*/*"), Surface::Webapi);
        assert_eq!(of(Method::GET, "/chats/7", "text/html,*/*"), Surface::Webapi);
        assert_eq!(of(Method::GET, "/", "*/*"), Surface::Webapi);
        assert_eq!(of(Method::GET, "/index.html", "*/*"), Surface::Webapi);
    }

    #[test]
    fn what_is_no_page_is_the_vendors_to_refuse() {
        let of = |method, path| surface(method, "localhost", path, "*/*");
        assert_eq!(of(Method::GET, "/sandboxes"), Surface::Gateway);
        assert_eq!(of(Method::GET, "/no/such"), Surface::Gateway);
        assert_eq!(of(Method::POST, "/"), Surface::Gateway);
    }
}
