//! `POST /cgi-bin/openapi/quota/clear`: resets the quota of one endpoint (重置指定 API 调用次数).

use axum::extract::State;
use platform::Platform;
use platform::calls::{Reset, edge};
use serde::Deserialize;

use super::find_endpoint;
use crate::body::Body;
use crate::call::Caller;
use crate::reply::{Done, Json, Reply};

#[derive(Deserialize)]
pub(crate) struct Request {
    cgi_path: Option<String>,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Reply<Done> {
    let endpoint = find_endpoint(request.cgi_path.as_deref())?;
    edge::reset(&platform, caller.id(), Reset::One(endpoint.path)).await?;
    Ok(Json(Done))
}
