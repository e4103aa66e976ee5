//! `POST /cgi-bin/openapi/quota/get`: how much of an endpoint's quota is left (查询 API 调用额度).

use axum::extract::State;
use platform::Platform;
use platform::calls::edge;
use serde::{Deserialize, Serialize};

use super::find_endpoint;
use crate::body::Body;
use crate::call::Caller;
use crate::gate;
use crate::reply::{Json, Reply};

#[derive(Deserialize)]
pub(crate) struct Request {
    cgi_path: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Response {
    errcode: i32,
    errmsg: &'static str,
    quota: Quota,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate_limit: Option<Rate>,
}

#[derive(Serialize)]
struct Quota {
    /// 0 where there is no limit.
    daily_limit: i64,
    used: i64,
    remain: i64,
}

#[derive(Serialize)]
struct Rate {
    call_count: u32,
    refresh_second: u32,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Reply<Response> {
    let endpoint = find_endpoint(request.cgi_path.as_deref())?;
    let limits = gate::limits(endpoint);
    let used = edge::count_used(&platform, caller.id(), endpoint.path).await?;
    let daily_limit = limits.daily.map_or(0, i64::from);
    let rate = |call_count| Rate { call_count, refresh_second: 60 };
    Ok(Json(Response {
        errcode: 0,
        errmsg: "ok",
        quota: Quota { daily_limit, used, remain: (daily_limit - used).max(0) },
        rate_limit: limits.minute.map(rate),
    }))
}
