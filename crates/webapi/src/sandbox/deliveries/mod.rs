//! Deliveries: what was sent to an account's server, and what it answered.

pub(super) mod list;

use platform::callbacks::deliveries::{self, Attempt};
use platform::ids::{AccountId, IdKind, PublicIds};
use serde::Serialize;

/// A delivery in the form of the contract. Every key is always there, so that a script may go
/// down to any of them.
#[derive(Serialize)]
pub(super) struct Delivery {
    id: Option<String>,
    rid: Option<String>,
    url: Option<String>,
    status: &'static str,
    reason: Option<String>,
    attempts: Vec<Attempt>,
    request: Request,
    response: Response,
}

#[derive(Default, Serialize)]
struct Request {
    query: String,
    body: String,
}

#[derive(Default, Serialize)]
struct Response {
    status: Option<u16>,
    body: String,
}

impl Delivery {
    pub(super) fn new(ids: &PublicIds, account: AccountId, delivery: deliveries::Delivery) -> Self {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            id: Some(ids.encode(IdKind::Delivery, account.0, delivery.id.0)),
            rid: some(delivery.rid),
            url: some(delivery.url),
            status: delivery.status.as_str(),
            reason: some(delivery.reason),
            attempts: delivery.attempts,
            request: Request { query: delivery.request_query, body: delivery.request_body },
            response: Response { status: delivery.response_status, body: delivery.response_body },
        }
    }

    /// Nothing is sent, and why.
    pub(super) fn none(reason: &str) -> Self {
        Self {
            id: None,
            rid: None,
            url: None,
            status: "none",
            reason: Some(reason.to_owned()),
            attempts: Vec::new(),
            request: Request::default(),
            response: Response::default(),
        }
    }
}
