//! `POST /cgi-bin/message/custom/send`: a message to one person (发送客服消息).

use axum::extract::State;
use platform::Platform;
use platform::messaging::custom;
use serde::Deserialize;
use wire::errcode::ErrCode;

use super::custom_content::{Message, Refusal};
use crate::body::Body;
use crate::call::Caller;
use crate::error::ApiError;
use crate::reply::{Done, Json, Reply};

#[derive(Deserialize)]
pub(crate) struct Request {
    touser: Option<String>,
    customservice: Option<CustomService>,
    #[serde(flatten)]
    message: Message,
}

#[derive(Deserialize)]
struct CustomService {
    kf_account: Option<String>,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Reply<Done> {
    // No account has agents yet, so that whoever names one names nobody.
    let agent = request.customservice.and_then(|service| service.kf_account);
    if agent.is_some_and(|agent| !agent.is_empty()) {
        return Err(ErrCode::INVALID_KF_ACCOUNT.into());
    }
    let (keys, account) = (platform.keys.clone(), caller.id());
    let openid = request.touser.unwrap_or_default();
    platform
        .db
        .write(move |tx| {
            let content = request.message.content(tx, &keys, account)?;
            custom::send(tx, account, &openid, &content).map_err(Refusal::from)
        })
        .await
        .map_err(ApiError::from)?;
    Ok(Json(Done))
}
