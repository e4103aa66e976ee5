//! `POST /cgi-bin/stable_token`: the same access token for as long as it is valid
//! (获取稳定版接口调用凭据).

use axum::extract::State;
use platform::Platform;
use platform::accounts::tokens;
use serde::Deserialize;

use super::token::{self, Response};
use super::{Credentials, authenticate};
use crate::body::Body;
use crate::call::Visitor;
use crate::gate;
use crate::reply::{Json, Reply};

#[derive(Deserialize)]
pub(crate) struct Request {
    grant_type: Option<String>,
    appid: Option<String>,
    secret: Option<String>,
    force_refresh: Option<bool>,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    visitor: Visitor,
    Body(request): Body<Request>,
) -> Reply<Response> {
    let given = Credentials {
        appid: request.appid.as_deref().unwrap_or_default(),
        secret: request.secret.as_deref().unwrap_or_default(),
        grant_type: Some(request.grant_type.as_deref().unwrap_or_default()),
    };
    let account = authenticate(&platform, &visitor, &given).await?;
    gate::spend(&platform, account.id, token::endpoint("/cgi-bin/stable_token")).await?;
    let issue = match request.force_refresh {
        Some(true) => tokens::force_stable,
        _ => tokens::issue_stable,
    };
    let keys = platform.keys.clone();
    let issued = platform.db.write(move |tx| issue(tx, &keys, account.id)).await?;
    Ok(Json(issued.into()))
}
