//! `GET /cgi-bin/get_api_domain_ip`: the addresses of the API (获取微信 API 服务器 IP).
//!
//! One machine here calls and is called, so these are the addresses that pushes come from. (choice)

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
