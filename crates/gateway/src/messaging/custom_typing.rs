//! `POST /cgi-bin/message/custom/typing`: the account types (客服输入状态).

use axum::extract::State;
use platform::Platform;
use platform::messaging::edge::{begin_typing, end_typing};
use serde::Deserialize;
use wire::errcode::ErrCode;

use crate::body::Body;
use crate::call::Caller;
use crate::reply::{Done, Json, Reply};

#[derive(Deserialize)]
pub(crate) struct Request {
    touser: Option<String>,
    command: Option<String>,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Reply<Done> {
    let openid = request.touser.as_deref().unwrap_or_default();
    match request.command.as_deref() {
        Some("Typing") => begin_typing(&platform, caller.id(), openid).await?,
        Some("CancelTyping") => end_typing(&platform, caller.id(), openid).await?,
        _ => return Err(ErrCode::INVALID_TYPING_COMMAND.into()),
    }
    Ok(Json(Done))
}
