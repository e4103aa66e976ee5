//! Accounts as people find and see them.

mod get;
mod list;

use db::Tx;
use platform::accounts;
use platform::conversations::chats::{self, Chat};
use platform::ids::{AccountId, PersonId, PublicIds};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::instant;
use crate::problem::{Problem, Refused};

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::handle)).routes(routes!(get::handle))
}

/// An account in the eyes of one person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Account {
    id: String,
    name: String,
    /// `service` or `subscription`.
    kind: &'static str,
    verified: bool,
    /// The original id, `gh_…`.
    username: String,
    introduction: String,
    #[schema(required)]
    avatar_url: Option<String>,
    following: bool,
    /// Since when; null for one who does not follow.
    #[schema(required)]
    followed_at: Option<String>,
}

impl Account {
    /// `chat` is the person's side of it, if he ever had to do with the account.
    pub(crate) fn new(ids: &PublicIds, account: &accounts::Account, chat: Option<&Chat>) -> Self {
        let following = chat.filter(|chat| chat.subscribed);
        Self {
            id: ids.account(account.id),
            name: account.name.clone(),
            kind: account.kind.as_str(),
            verified: account.verified,
            username: account.username.as_str().to_owned(),
            introduction: account.introduction.clone(),
            avatar_url: account.avatar_url.clone(),
            following: following.is_some(),
            followed_at: following.map(|chat| instant::format(chat.subscribed_at)),
        }
    }
}

/// An account with the person's side of it. Two shard keys: what one read sees of the one may be
/// a moment older than what it sees of the other, which nobody compares.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    account: AccountId,
    person: PersonId,
) -> Refused<(accounts::Account, Option<Chat>)> {
    let account = accounts::find(tx, account)?.ok_or(Problem::NotFound)?;
    let chat = chats::find(tx, person, account.id)?;
    Ok((account, chat))
}

/// The account that an address names.
pub(crate) fn id_of(ids: &PublicIds, text: &str) -> Refused<AccountId> {
    ids.find_account(text).ok_or(Problem::NotFound)
}
