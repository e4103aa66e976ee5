//! `GET /chats`: a person's chat list.

use axum::Json;
use axum::extract::State;
use db::Timestamp;
use platform::conversations::chats;
use platform::ids::AccountId;
use platform::{Platform, accounts};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Chat;
use crate::body::Query;
use crate::caller::Signed;
use crate::paging;
use crate::problem::{Problem, Refused};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Request {
    /// Where to go on: `next` of the page before.
    after: Option<String>,
    /// 1 to 100; 50 if not given.
    limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Chats)]
pub(crate) struct Response {
    /// Latest first.
    chats: Vec<Chat>,
    /// Where to go on; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Lists the accounts with which the person has a conversation, followed or not.
#[utoipa::path(get, path = "/chats", tag = "conversations", operation_id = "listChats",
    params(Request), responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let keys = platform.keys.clone();
    let limit = paging::limit(request.limit)?;
    let after = paging::after(request.after.as_deref(), |text| Place::parse(text, keys.ids()))?;
    let read = move |tx: &mut db::Tx<'_>| {
        let mut rows = chats::list(tx, person.id)?;
        rows.sort_by_key(|row| std::cmp::Reverse(Place::of(row)));
        rows.retain(|row| after.is_none_or(|after| Place::of(row) < after));
        let more = paging::cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| Place::of(row).format(keys.ids()));
        let mut shown = Vec::with_capacity(rows.len());
        for row in &rows {
            // A chat whose account was just removed is on its way out of the list.
            if let Some(account) = accounts::find(tx, row.account)? {
                shown.push(Chat::new(keys.ids(), &account, Some(row), &person));
            }
        }
        Ok(Response { chats: shown, next })
    };
    Ok(Json(platform.db.read::<_, Problem, _>(read).await?))
}

/// A place in the list: the instant of the last message, and whose it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(Timestamp, AccountId);

impl Place {
    fn of(chat: &chats::Chat) -> Self {
        Self(chat.last.as_ref().map_or(Timestamp(0), |last| last.sent_at), chat.account)
    }

    fn format(self, ids: &platform::ids::PublicIds) -> String {
        format!("{}.{}", self.0.millis(), ids.account(self.1))
    }

    fn parse(text: &str, ids: &platform::ids::PublicIds) -> Option<Self> {
        let (millis, account) = text.split_once('.')?;
        Some(Self(Timestamp(millis.parse().ok()?), ids.find_account(account)?))
    }
}
