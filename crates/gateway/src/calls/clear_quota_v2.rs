//! `POST /cgi-bin/clear_quota/v2`: the same without a token, which may be what ran out
//! (使用 AppSecret 重置 API 调用次数).
//!
//! The documents show the parameters in the body, the sample in the query: both are read, and of
//! bodies JSON and forms.

use axum::extract::{Request as HttpRequest, State};
use platform::Platform;
use platform::calls::{Reset, edge};
use serde::Deserialize;

use crate::accounts::{Credentials, authenticate};
use crate::body;
use crate::call::Visitor;
use crate::error::ApiError;
use crate::query::{self, Query};
use crate::reply::{Done, Json, Reply};

#[derive(Deserialize, Default)]
struct Request {
    appid: Option<String>,
    appsecret: Option<String>,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    visitor: Visitor,
    query: Query,
    request: HttpRequest,
) -> Reply<Done> {
    let body = parse(&body::read(request).await?)?;
    let value = |of_body: Option<String>, name| {
        of_body.or_else(|| query.find(name).map(Into::into)).unwrap_or_default()
    };
    let (appid, secret) = (value(body.appid, "appid"), value(body.appsecret, "appsecret"));
    let given = Credentials { appid: &appid, secret: &secret, grant_type: None };
    let account = authenticate(&platform, &visitor, &given).await?;
    edge::reset(&platform, account.id, Reset::All).await?;
    Ok(Json(Done))
}

fn parse(body: &[u8]) -> Result<Request, ApiError> {
    let text = String::from_utf8_lossy(body);
    match text.trim_start_matches('\u{feff}').trim() {
        "" => Ok(Request::default()),
        json if json.starts_with('{') => body::parse(body, "/cgi-bin/clear_quota/v2"),
        form => {
            let value = |name| query::find(form, name).map(Into::into);
            Ok(Request { appid: value("appid"), appsecret: value("appsecret") })
        }
    }
}
