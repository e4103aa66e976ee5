//! Conversations as people read them.

mod body;
mod get_chat;
mod list_chats;
mod list_messages;
mod message;
mod read;

pub(crate) use message::{Line, Message, Reader};

use db::Tx;
use platform::conversations::chats;
use platform::conversations::cursor::{Cursor, InvalidCursor};
use platform::ids::PublicIds;
use platform::people::Person;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Account;
use crate::app::App;
use crate::instant;
use crate::problem::{Problem, Refused};

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_chats::handle))
        .routes(routes!(get_chat::handle))
        .routes(routes!(list_messages::handle))
        .routes(routes!(read::handle))
}

/// A row of the chat list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Chat {
    account: Account,
    /// The last message; null if there is none.
    #[schema(required)]
    last: Option<LastMessage>,
    unread: i64,
    last_seq: String,
    read_seq: String,
}

/// The last message of a chat, in one line.
#[derive(Serialize, ToSchema)]
pub(crate) struct LastMessage {
    #[serde(rename = "type")]
    kind: String,
    /// `account`, `person` or `system`.
    from: &'static str,
    /// One line; empty where the type alone says enough.
    preview: String,
    sent_at: String,
}

impl Chat {
    fn new(
        ids: &PublicIds,
        account: &platform::accounts::Account,
        chat: Option<&chats::Chat>,
        person: &Person,
    ) -> Self {
        let last = chat.and_then(|chat| chat.last.as_ref());
        Self {
            account: Account::new(ids, account, chat),
            last: last.map(|last| LastMessage {
                kind: last.kind.clone(),
                from: last.origin.as_str(),
                preview: last.line(&person.language),
                sent_at: instant::format(last.sent_at),
            }),
            unread: chat.map_or(0, |chat| chat.unread),
            last_seq: last.map_or(0, |last| last.seq.0).to_string(),
            read_seq: chat.map_or(0, |chat| chat.read_seq.0).to_string(),
        }
    }
}

/// Reads a place in a conversation of the present world.
pub(crate) fn read_cursor(text: &str, epoch: i64) -> Refused<Cursor> {
    Cursor::parse(text, epoch).map_err(|reason| match reason {
        InvalidCursor::Malformed => Problem::Cursor,
        InvalidCursor::Gone => Problem::CursorGone,
    })
}

/// The conversation of a person with an account, if the two ever met.
pub(crate) fn find_conversation(
    tx: &mut Tx<'_>,
    account: platform::ids::AccountId,
    person: platform::ids::PersonId,
) -> Refused<Option<(platform::ids::AccountId, platform::ids::FollowerNo)>> {
    let account = platform::accounts::find(tx, account)?.ok_or(Problem::NotFound)?;
    let follower = platform::followers::find(tx, account.id, person)?;
    Ok(follower.map(|follower| (account.id, follower.no)))
}
