//! `POST /accounts/{id}/messages`: writes to an account.

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use platform::Platform;
use platform::ids::{IdKind, PersonId, PublicIds, UploadNo};
use platform::messaging::{self, Inbound};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts;
use crate::body::Body;
use crate::caller::Signed;
use crate::conversations::{Message, Reader};
use crate::problem::{Problem, Refused};

/// Characters in a sender's own name for a message: twice those of a UUID.
const MAX_KEY: usize = 64;

#[derive(Deserialize, ToSchema)]
#[schema(as = NewMessage)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Request {
    Text {
        /// 1 to 64 characters, made by the sender, another one for each message.
        key: String,
        /// At most 2,000 characters, not blank.
        content: String,
    },
    Image {
        /// 1 to 64 characters, made by the sender, another one for each message.
        key: String,
        /// What `POST /uploads` answered.
        upload: String,
    },
}

#[derive(Serialize, ToSchema)]
#[schema(as = SentMessage)]
pub(crate) struct Response {
    message: Message,
}

/// Sends a message. The same key again answers the first one's message and doubles nothing.
#[utoipa::path(post, path = "/accounts/{id}/messages", tag = "messaging",
    operation_id = "sendMessage", params(("id" = String, Path)), request_body = Request,
    responses((status = 201, body = Response), (status = 200, body = Response)))]
pub(crate) async fn handle(
    State(platform): State<Platform>,
    Signed(person): Signed,
    Path(id): Path<String>,
    Body(request): Body<Request>,
) -> Refused<(StatusCode, Json<Response>)> {
    let ids = platform.keys.ids();
    let id = accounts::id_of(ids, &id)?;
    let (key, inbound) = request.read(ids, person.id)?;
    let place = (id, person.id);
    let received = messaging::edge::receive_named(&platform, place, inbound, key).await?;
    let status = if received.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let message = Reader::new(&platform, id, &person.language).show(&received.message);
    Ok((status, Json(Response { message })))
}

impl Request {
    fn read(self, ids: &PublicIds, sender: PersonId) -> Refused<(String, Inbound)> {
        let (key, inbound) = match self {
            Self::Text { key, content } => (key, Inbound::Text(content)),
            Self::Image { key, upload } => (key, Inbound::Image(own_upload(ids, sender, &upload)?)),
        };
        match key.chars().count() {
            1..=MAX_KEY => Ok((key, inbound)),
            _ => Err(Problem::Key),
        }
    }
}

/// The upload that an id names, if it is this person's.
pub(crate) fn own_upload(ids: &PublicIds, owner: PersonId, id: &str) -> Refused<UploadNo> {
    let (root, number) = ids.decode(IdKind::Upload, id).ok_or(Problem::NotFound)?;
    if root == owner.0 { Ok(UploadNo(number)) } else { Err(Problem::NotFound) }
}
