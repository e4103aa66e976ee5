//! `GET /cgi-bin/getcallbackip`: the addresses that pushes come from (获取微信推送服务器 IP).

use std::net::IpAddr;

use axum::extract::State;
use platform::Platform;
use serde::Serialize;

use crate::call::Caller;
use crate::reply::{Json, Reply};

#[derive(Serialize)]
pub(crate) struct Response {
    ip_list: Vec<IpAddr>,
}

pub(crate) async fn handle(State(platform): State<Platform>, _: Caller) -> Reply<Response> {
    Ok(Json(Response { ip_list: platform.settings.source_addresses.clone() }))
}
