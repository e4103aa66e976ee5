//! The way of a call: look up, check, run, answer, record.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use platform::Platform;
use platform::calls;
use wire::endpoints::{AtPath, Endpoint};
use wire::errcode::ErrCode;

use crate::call::{Call, Caller};
use crate::error::{ApiError, Cause};
use crate::surface::Surface;
use crate::table::{Access, Route, Table};
use crate::{gate, hosts};

/// The longest body: the largest official upload, a film of 10 MB, with what multipart adds.
const MAX_BODY_BYTES: usize = 12 << 20;
/// A body up to here is read before the checks, so that a record of a refused call holds it.
const SMALL_BODY_BYTES: u64 = 64 << 10;
const RID: HeaderName = HeaderName::from_static("x-teahouse-rid");

/// The platform and what is built over it.
pub(crate) struct Gateway {
    platform: Platform,
    table: Table,
}

impl Gateway {
    pub(crate) fn new(platform: Platform, table: Table) -> Self {
        Self { platform, table }
    }
}

/// Answers a request.
pub(crate) async fn answer(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    let call = Arc::new(Call::begin(&gateway.platform, &request));
    let at_path = hosts::find(host_of(&request), call.uri.path());
    let endpoint = at_path.map(|at_path| judged_as(at_path, &call));
    let mut sent = Sent::new(request);
    let response = match (at_path, endpoint) {
        (Some(at_path), Some(endpoint)) => {
            let run = run(&gateway, &call, (at_path, endpoint), &mut sent);
            run.await.unwrap_or_else(ApiError::into_response)
        }
        _ => ApiError::from(ErrCode::INVALID_URL).into_response(),
    };
    sent.drop_rest().await;
    let request_body = recorded(&sent.headers, &sent.body);
    finish(&gateway.platform, &call, endpoint, &request_body, response).await
}

/// The checks, and the endpoint if they let the call through.
async fn run(
    gateway: &Gateway,
    call: &Arc<Call>,
    (at_path, endpoint): (AtPath, &'static Endpoint),
    sent: &mut Sent,
) -> Result<Response, ApiError> {
    let platform = &gateway.platform;
    sent.read_if_small().await?;
    let Some(route) = gateway.table.find(endpoint.host, endpoint.path) else {
        return Err(refuse(platform, call, endpoint).await);
    };
    let caller = admit(platform, call, route, (at_path, endpoint)).await?;
    let mut request = sent.read_rest().await?;
    request.extensions_mut().insert(call.clone());
    if let Some(caller) = caller {
        request.extensions_mut().insert(caller);
    }
    Ok((route.run)(request, platform.clone()).await)
}

/// What an endpoint that is not built answers, after the checks that do not concern it alone.
async fn refuse(platform: &Platform, call: &Call, endpoint: &Endpoint) -> ApiError {
    let surface = Surface::of(Some(endpoint), endpoint.path);
    if surface.takes_token(endpoint.path)
        && let Err(error) = gate::check_token(platform, call).await
    {
        return error;
    }
    surface.not_built()
}

async fn admit(
    platform: &Platform,
    call: &Call,
    route: &Route,
    (at_path, endpoint): (AtPath, &'static Endpoint),
) -> Result<Option<Caller>, ApiError> {
    let caller = match route.access {
        Access::Secret => None,
        Access::Token => {
            let known = gate::check_token(platform, call).await?;
            gate::check_permission(&known.account, endpoint)?;
            gate::spend(platform, known.account.id, endpoint).await?;
            Some(Caller::new(known))
        }
    };
    gate::check_method(at_path, &call.method)?;
    Ok(caller)
}

/// The endpoint that a call is counted and judged as: by a wrong method, the first of its path.
fn judged_as(at_path: AtPath, call: &Call) -> &'static Endpoint {
    at_path.for_method(call.method.as_str()).unwrap_or_else(|| at_path.first())
}

/// Gives the answer its form and its request id, and records the call.
async fn finish(
    platform: &Platform,
    call: &Call,
    endpoint: Option<&'static Endpoint>,
    request_body: &Bytes,
    mut response: Response,
) -> Response {
    let surface = Surface::of(endpoint, call.uri.path());
    let error = response.extensions_mut().remove::<ApiError>();
    if let Some(error) = &error {
        log(call, error);
        response = surface.failure(error, call.rid);
    }
    let (mut head, body) = response.into_parts();
    head.headers.entry(CONTENT_TYPE).or_insert_with(|| surface.json_type());
    head.headers.insert(RID, rid_header(call));
    // Answers are whole bodies in memory, so that this neither waits nor copies.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    platform.recorder.record(&calls::Call {
        account: call.account(),
        endpoint: endpoint.map_or("", |endpoint| endpoint.path),
        rid: call.rid,
        at: call.at,
        method: call.method.as_str(),
        path: call.uri.path(),
        query: call.query(),
        request_body,
        errcode: error.map_or(0, |error| error.code.0),
        response_body: &recorded(&head.headers, &body),
        client_ip: call.client,
        took: call.started.elapsed(),
    });
    Response::from_parts(head, Body::from(body))
}

/// What a record holds of a body: itself, or of a file what it is.
fn recorded(headers: &HeaderMap, body: &Bytes) -> Bytes {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_file = |content_type: &str| {
        ["multipart/", "image/", "audio/", "video/", "voice/"]
            .iter()
            .any(|prefix| content_type.starts_with(prefix))
    };
    match content_type.filter(|content_type| is_file(content_type)) {
        Some(content_type) => {
            let kind = content_type.split(';').next().unwrap_or(content_type);
            format!("({kind}, {} bytes)", body.len()).into()
        }
        None => body.clone(),
    }
}

fn log(call: &Call, error: &ApiError) {
    let (rid, path) = (call.rid, call.uri.path());
    match &error.cause {
        None => {}
        Some(Cause::Busy) => tracing::warn!(%rid, path, "refused a call: too much to do"),
        Some(Cause::Unforeseen(cause)) => tracing::error!(%rid, path, cause, "a call failed"),
    }
}

fn rid_header(call: &Call) -> HeaderValue {
    HeaderValue::try_from(call.rid.to_string()).expect("a rid is hexadecimal")
}

/// The host that the caller meant.
fn host_of(request: &Request) -> Option<&str> {
    let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    request.uri().host().or(header)
}

/// A request as it came, whose body is read once.
struct Sent {
    headers: HeaderMap,
    body: Bytes,
    request: Option<Request>,
    read: bool,
}

impl Sent {
    fn new(request: Request) -> Self {
        let headers = request.headers().clone();
        Self { headers, body: Bytes::new(), request: Some(request), read: false }
    }

    async fn read_if_small(&mut self) -> Result<(), ApiError> {
        let hint = self.request.as_ref().and_then(|request| request.body().size_hint().upper());
        if hint.is_some_and(|bytes| bytes <= SMALL_BODY_BYTES) {
            self.read().await?;
        }
        Ok(())
    }

    /// The request with its whole body.
    async fn read_rest(&mut self) -> Result<Request, ApiError> {
        if !self.read {
            self.read().await?;
        }
        let mut request = self.request.take().expect("taken once, here");
        *request.body_mut() = Body::from(self.body.clone());
        Ok(request)
    }

    /// Takes in what nobody read, up to the longest body, and forgets it. A connection with
    /// something unread is closed: a client in the middle of an upload would lose the answer, and
    /// one that sends its next request on the connection, that request.
    async fn drop_rest(&mut self) {
        let Some(request) = self.request.as_mut().filter(|_| !self.read) else { return };
        let mut body = std::mem::take(request.body_mut());
        let mut left = MAX_BODY_BYTES;
        while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
        {
            let size = frame.data_ref().map_or(0, Bytes::len);
            let Some(rest) = left.checked_sub(size) else { return };
            left = rest;
        }
    }

    async fn read(&mut self) -> Result<(), ApiError> {
        let request = self.request.as_mut().expect("taken only after reading");
        let body = std::mem::take(request.body_mut());
        // Broken off, or longer than anything that an endpoint takes.
        self.body = to_bytes(body, MAX_BODY_BYTES)
            .await
            .map_err(|_| ApiError::from(ErrCode::DATA_FORMAT_ERROR))?;
        self.read = true;
        Ok(())
    }
}
