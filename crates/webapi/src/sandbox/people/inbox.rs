//! `GET /sandbox/people/{id}/inbox`: all that a person sees in a conversation, oldest first.

use axum::Json;
use axum::extract::{Path, State};
use platform::conversations::cursor::Cursor;
use platform::{Platform, conversations, people};
use serde::{Deserialize, Serialize};

use super::id_of;
use crate::body::Query;
use crate::conversations::{Line, Reader, find_conversation, read_cursor};
use crate::paging;
use crate::problem::{Problem, Refused};
use crate::sandbox::accounts;

/// Messages on a page, unless it is asked for fewer or more.
const DEFAULT: i64 = 100;
const MOST: i64 = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    appid: String,
    after: Option<String>,
    limit: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct Response {
    messages: Vec<Line>,
    /// The cursor that was given, if there is nothing new.
    next: String,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(id): Path<String>,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let person = id_of(&platform, &id)?;
    let limit = paging::within(request.limit, DEFAULT, MOST)?;
    let asked = request.after.unwrap_or_else(|| paging::START.to_owned());
    let after: Cursor = read_cursor(&asked, platform.db.clock().epoch())?;
    let account = accounts::find(&platform, &request.appid).await?.id;
    let read = move |tx: &mut db::Tx<'_>| {
        let person = people::get(tx, person)?;
        let messages = match find_conversation(tx, account, person.id)? {
            Some(conversation) => {
                conversations::list_after(tx, conversation, after, limit)?.messages
            }
            None => Vec::new(),
        };
        Ok((person.language, messages))
    };
    let (language, messages) = platform.db.read::<_, Problem, _>(read).await?;
    let reader = Reader::new(&platform, account, &language);
    let next = messages.last().map_or(asked, |message| reader.cursor(message));
    let messages = messages.iter().map(|message| reader.line(message)).collect();
    Ok(Json(Response { messages, next }))
}
