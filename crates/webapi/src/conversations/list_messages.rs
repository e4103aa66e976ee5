//! `GET /accounts/{id}/messages`: a conversation, page by page in either direction.

use axum::Json;
use axum::extract::{Path, State};
use platform::Platform;
use platform::conversations::cursor::Cursor;
use platform::conversations::{self, Page};
use platform::ids::Seq;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Message, Reader, find_conversation, read_cursor};
use crate::accounts;
use crate::body::Query;
use crate::caller::Signed;
use crate::paging;
use crate::problem::{Problem, Refused};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Request {
    /// A cursor: what was said after it. Not together with `before`.
    after: Option<String>,
    /// A cursor: what was said before it. Neither: the latest messages.
    before: Option<String>,
    /// 1 to 100; 50 if not given.
    limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Messages)]
pub(crate) struct Response {
    /// Oldest first.
    messages: Vec<Message>,
    /// To go on with `after`.
    next: String,
    /// To go on with `before`; null at the start of the conversation.
    #[schema(required)]
    prev: Option<String>,
}

/// Which way a page is read.
#[derive(Clone, Copy)]
enum Reading {
    After(Cursor),
    Before(Cursor),
    Latest,
}

/// Reads the messages of a conversation.
#[utoipa::path(get, path = "/accounts/{id}/messages", tag = "conversations",
    operation_id = "listMessages", params(("id" = String, Path), Request),
    responses((status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Path(id): Path<String>,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let id = accounts::id_of(platform.keys.ids(), &id)?;
    let limit = paging::limit(request.limit)?;
    let epoch = platform.db.clock().epoch();
    let reading = request.reading(epoch)?;
    let reader = person.id;
    let read = move |tx: &mut db::Tx<'_>| {
        let Some(conversation) = find_conversation(tx, id, reader)? else {
            return Ok(Page { messages: Vec::new(), more: false });
        };
        Ok(match reading {
            Reading::After(after) => conversations::list_after(tx, conversation, after, limit)?,
            Reading::Before(before) => {
                conversations::list_before(tx, conversation, Some(before), limit)?
            }
            Reading::Latest => conversations::list_before(tx, conversation, None, limit)?,
        })
    };
    let page = platform.db.read::<_, Problem, _>(read).await?;
    let place = reading.place();
    let first = page.messages.first().map_or(place.seq, |message| message.seq);
    let last = page.messages.last().map_or(place, |message| Cursor { seq: message.seq });
    let shown = Reader::new(&platform, id, &person.language);
    Ok(Json(Response {
        messages: page.messages.iter().map(|message| shown.show(message)).collect(),
        next: format(last, epoch),
        prev: (first > Seq(1)).then(|| Cursor { seq: first }.format(epoch)),
    }))
}

impl Request {
    fn reading(&self, epoch: i64) -> Refused<Reading> {
        match (&self.after, &self.before) {
            (None, None) => Ok(Reading::Latest),
            (Some(after), None) => read_cursor(after, epoch).map(Reading::After),
            (None, Some(before)) => read_cursor(before, epoch).map(Reading::Before),
            (Some(_), Some(_)) => Err(Problem::Malformed("after, before".to_owned())),
        }
    }
}

impl Reading {
    /// Where the reader stands if the page is empty.
    fn place(self) -> Cursor {
        match self {
            Self::After(cursor) | Self::Before(cursor) => cursor,
            Self::Latest => Cursor::START,
        }
    }
}

/// The start keeps its plain form, which is valid in every epoch.
fn format(cursor: Cursor, epoch: i64) -> String {
    if cursor == Cursor::START { paging::START.to_owned() } else { cursor.format(epoch) }
}
