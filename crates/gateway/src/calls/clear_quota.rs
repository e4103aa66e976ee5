//! `POST /cgi-bin/clear_quota`: resets the quotas of all endpoints (重置 API 调用次数).

use axum::extract::State;
use platform::Platform;
use platform::calls::{Reset, edge};
use serde::Deserialize;
use wire::errcode::ErrCode;

use crate::body::Body;
use crate::call::Caller;
use crate::reply::{Done, Json, Reply};

#[derive(Deserialize)]
pub(crate) struct Request {
    appid: Option<String>,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Reply<Done> {
    if request.appid.as_deref() != Some(caller.account().app_id.as_str()) {
        return Err(ErrCode::INVALID_APPID.into());
    }
    edge::reset(&platform, caller.id(), Reset::AllButToken).await?;
    Ok(Json(Done))
}
