//! `GET /cgi-bin/token`: issues an access token (获取 Access token).

use axum::extract::State;
use platform::Platform;
use platform::accounts::tokens;
use serde::Serialize;
use wire::endpoints::{self, Endpoint, HostGroup};
use wire::errcode::{ErrCode, token_quota_reached};

use super::{Credentials, authenticate};
use crate::call::Visitor;
use crate::error::ApiError;
use crate::gate;
use crate::query::Query;
use crate::reply::{Json, Reply};

/// An access token; programs refuse an `errcode` beside it.
#[derive(Serialize)]
pub(crate) struct Response {
    access_token: String,
    expires_in: i64,
}

impl From<tokens::Issued> for Response {
    fn from(issued: tokens::Issued) -> Self {
        Self { access_token: issued.token, expires_in: issued.expires_in_secs }
    }
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    visitor: Visitor,
    query: Query,
) -> Reply<Response> {
    let [appid, secret, grant_type] =
        ["appid", "secret", "grant_type"].map(|name| query.find(name).unwrap_or_default());
    let given = Credentials { appid: &appid, secret: &secret, grant_type: Some(&grant_type) };
    let account = authenticate(&platform, &visitor, &given).await?;
    gate::spend(&platform, account.id, endpoint("/cgi-bin/token")).await.map_err(with_hint)?;
    let keys = platform.keys.clone();
    let issued = platform.db.write(move |tx| tokens::issue_legacy(tx, &keys, account.id)).await?;
    Ok(Json(issued.into()))
}

/// The row of an endpoint that counts its calls itself, after it knows whose they are.
pub(super) fn endpoint(path: &str) -> &'static Endpoint {
    endpoints::find(HostGroup::Api, path).expect("a path of the endpoint table").first()
}

/// This endpoint's 45009 names the other one, which has more to give.
fn with_hint(error: ApiError) -> ApiError {
    match error.code {
        ErrCode::DAILY_QUOTA_REACHED => ApiError::with_text(error.code, token_quota_reached()),
        _ => error,
    }
}
