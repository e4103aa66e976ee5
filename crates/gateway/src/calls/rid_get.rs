//! `POST /cgi-bin/openapi/rid/get`: what came of a failed call (查询 rid 信息).

use axum::extract::State;
use platform::Platform;
use platform::calls::edge;
use serde::{Deserialize, Serialize};
use wire::errcode::ErrCode;
use wire::ids::Rid;

use crate::body::Body;
use crate::call::Caller;
use crate::reply::{Json, Reply};

#[derive(Deserialize)]
pub(crate) struct Request {
    rid: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Response {
    errcode: i32,
    errmsg: &'static str,
    request: Failed,
}

#[derive(Serialize)]
struct Failed {
    invoke_time: i64,
    cost_in_ms: i64,
    /// The query without the path.
    request_url: String,
    request_body: String,
    response_body: String,
    client_ip: String,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Reply<Response> {
    let rid = request.rid.and_then(|rid| Rid::parse(&rid).ok()).ok_or(ErrCode::RID_MALFORMED)?;
    let call = edge::find_failed(&platform, caller.id(), rid).await?;
    Ok(Json(Response {
        errcode: 0,
        errmsg: "ok",
        request: Failed {
            invoke_time: call.at.secs(),
            cost_in_ms: call.cost_micros / 1_000,
            request_url: call.query,
            request_body: call.request_body,
            response_body: call.response_body,
            client_ip: call.client_ip,
        },
    }))
}
