//! `GET /cgi-bin/ticket/getticket`: the ticket that pages sign with (获取 JS-SDK 使用的 ticket).

use axum::extract::State;
use platform::Platform;
use platform::accounts::tickets::{self, TicketKind};
use serde::Serialize;
use wire::errcode::ErrCode;

use crate::call::Caller;
use crate::query::Query;
use crate::reply::{Json, Reply};

#[derive(Serialize)]
pub(crate) struct Response {
    errcode: i32,
    errmsg: &'static str,
    ticket: String,
    expires_in: i64,
}

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    query: Query,
) -> Reply<Response> {
    let kind = query.find("type").and_then(|word| TicketKind::parse(&word));
    let kind = kind.ok_or(ErrCode::INVALID_ARGS)?;
    // One row of the endpoint table for two permissions: cards are for verified accounts.
    if kind == TicketKind::Card && !caller.account().verified {
        return Err(ErrCode::API_UNAUTHORIZED.into());
    }
    let (keys, account) = (platform.keys.clone(), caller.id());
    let ticket = platform.db.write(move |tx| tickets::issue(tx, &keys, account, kind)).await?;
    Ok(Json(Response {
        errcode: 0,
        errmsg: "ok",
        ticket: ticket.ticket,
        expires_in: ticket.expires_in_secs,
    }))
}
