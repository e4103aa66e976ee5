//! `POST /sandbox/accounts`: makes an account; its callback URL is verified first.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform::Platform;
use platform::accounts::settings::parse_network;
use platform::accounts::{AccountKind, NewAccount, edge};
use serde::{Deserialize, Serialize};

use super::{NewCallback, PushFormat};
use crate::body::Body;
use crate::problem::Refused;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    kind: Kind,
    name: String,
    #[serde(default)]
    verified: bool,
    #[serde(default)]
    introduction: String,
    callback: Option<NewCallback>,
    #[serde(default)]
    ip_whitelist: Vec<String>,
    #[serde(default)]
    format: PushFormat,
    #[serde(default)]
    recognize_voice: bool,
    #[serde(default)]
    report_location: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Service,
    Subscription,
}

#[derive(Serialize)]
pub(super) struct Response {
    appid: String,
    secret: String,
    username: String,
    token: String,
    encoding_aes_key: String,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Body(request): Body<Request>,
) -> Refused<(StatusCode, Json<Response>)> {
    let created = edge::create_verified(&platform, request.read()?).await?;
    let response = Response {
        appid: created.app_id.as_str().to_owned(),
        secret: created.secret.expose().to_owned(),
        username: created.username.as_str().to_owned(),
        token: created.token.expose().to_owned(),
        encoding_aes_key: created.aes_key.expose().to_owned(),
    };
    Ok((StatusCode::CREATED, Json(response)))
}

impl Request {
    fn read(self) -> Refused<NewAccount> {
        let networks = self.ip_whitelist.iter().map(|text| parse_network(text));
        Ok(NewAccount {
            kind: match self.kind {
                Kind::Service => AccountKind::Service,
                Kind::Subscription => AccountKind::Subscription,
            },
            verified: self.verified,
            ip_whitelist: networks.collect::<Result<_, _>>()?,
            name: self.name,
            introduction: self.introduction,
            avatar_url: None,
            callback: self.callback.as_ref().map(NewCallback::read).transpose()?,
            format: self.format.read(),
            recognize_voice: self.recognize_voice,
            report_location: self.report_location,
            given: None,
        })
    }
}
