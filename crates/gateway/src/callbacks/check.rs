//! `POST /cgi-bin/callback/check`: whether the account's server can be reached (网络检测).
//!
//! The host is really resolved and each address really connected to, once. Which operator an
//! address belongs to is not known here: both fields repeat what was asked for. (choice)

use std::net::IpAddr;

use axum::extract::State;
use platform::Platform;
use platform::callbacks::edge::{Probed, probe};
use serde::{Deserialize, Serialize};
use wire::errcode::ErrCode;

use crate::body::Body;
use crate::call::Caller;
use crate::reply::{Json, Reply};

const ACTIONS: [&str; 3] = ["dns", "ping", "all"];
const OPERATORS: [&str; 4] = ["CHINANET", "UNICOM", "CAP", "DEFAULT"];

#[derive(Deserialize)]
pub(crate) struct Request {
    action: Option<String>,
    check_operator: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Response {
    #[serde(skip_serializing_if = "Option::is_none")]
    dns: Option<Vec<Dns>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ping: Option<Vec<Ping>>,
}

#[derive(Serialize)]
struct Dns {
    ip: IpAddr,
    real_operator: &'static str,
}

#[derive(Serialize)]
struct Ping {
    ip: IpAddr,
    from_operator: &'static str,
    package_loss: &'static str,
    time: String,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Reply<Response> {
    let action =
        one_of(&ACTIONS, request.action.as_deref()).ok_or(ErrCode::INVALID_CHECK_ACTION)?;
    let operator = one_of(&OPERATORS, request.check_operator.as_deref())
        .ok_or(ErrCode::INVALID_CHECK_OPERATOR)?;
    let url = caller.account().callback_url.as_ref().ok_or(ErrCode::NO_CALLBACK_URL)?;
    // A host without an address, or with none that may be called, is one that answers nothing.
    let probed = probe(&platform, url).await.unwrap_or_default();
    let dns = |probed: &Probed| Dns { ip: probed.address, real_operator: operator };
    Ok(Json(Response {
        dns: (action != "ping").then(|| probed.iter().map(dns).collect()),
        ping: (action != "dns").then(|| probed.iter().map(|it| ping(it, operator)).collect()),
    }))
}

fn one_of(words: &[&'static str], given: Option<&str>) -> Option<&'static str> {
    words.iter().copied().find(|word| given == Some(*word))
}

fn ping(probed: &Probed, operator: &'static str) -> Ping {
    let millis = probed.connected.map_or(0.0, |took| took.as_secs_f64() * 1_000.0);
    Ping {
        ip: probed.address,
        from_operator: operator,
        package_loss: if probed.connected.is_some() { "0%" } else { "100%" },
        time: format!("{millis:.3}ms"),
    }
}
