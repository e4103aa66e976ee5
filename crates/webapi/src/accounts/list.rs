//! `GET /accounts`: finds accounts by a part of their name, or by their original id.

use axum::Json;
use axum::extract::State;
use platform::Platform;
use platform::accounts::directory;
use platform::conversations::chats;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Account;
use crate::body::Query;
use crate::caller::Signed;
use crate::paging;
use crate::problem::{Problem, Refused};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Request {
    /// A part of the name, or the whole `gh_…` id; all accounts if not given.
    #[serde(default)]
    query: String,
    /// Where to go on: `next` of the page before.
    after: Option<String>,
    /// 1 to 100; 50 if not given.
    limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Accounts)]
pub(crate) struct Response {
    /// Oldest first.
    accounts: Vec<Account>,
    /// Where to go on; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Lists the accounts that match.
#[utoipa::path(get, path = "/accounts", tag = "accounts", operation_id = "listAccounts",
    params(Request), responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let keys = platform.keys.clone();
    let limit = paging::limit(request.limit)?;
    let after = paging::after(request.after.as_deref(), |text| keys.ids().find_account(text))?;
    let read = move |tx: &mut db::Tx<'_>| {
        let mut found = directory::search(tx, request.query.trim(), after, limit + 1)?;
        let more = paging::cut(&mut found, limit);
        let mut accounts = Vec::with_capacity(found.len());
        for account in &found {
            let chat = chats::find(tx, person.id, account.id)?;
            accounts.push(Account::new(keys.ids(), account, chat.as_ref()));
        }
        let next = accounts.last().filter(|_| more).map(|account| account.id.clone());
        Ok(Response { accounts, next })
    };
    Ok(Json(platform.db.read::<_, Problem, _>(read).await?))
}
