//! Callbacks: what happens in an account is pushed to its developer's server, and what that
//! answers is shown to the person (消息推送, 被动回复).
//!
//! A push is a job of the account, written in the transaction of what caused it.

pub mod deliveries;
pub mod edge;
pub mod jobs;

mod render;
mod reply;
mod settle;
mod store;
mod task;

use ::jobs::{JobId, NewJob};
use db::{Error, Tx};
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::conversations::Message;
use crate::conversations::content::Content;
use crate::followers::Follower;
use crate::ids::FollowerNo;

/// Something to push.
#[derive(Debug, Clone)]
pub enum Happening<'a> {
    /// The follower wrote.
    Message(&'a Message),
    /// Something else happened.
    Event(Event),
}

/// The events of a push, as they are kept until it is made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A person begins to follow.
    Subscribe {
        /// Empty, or `qrscene_` and the scene.
        key: String,
    },
    /// A follower leaves.
    Unsubscribe,
    /// A follower's client tells where he is.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// The radius of doubt, in metres.
        precision: f64,
    },
}

/// The body of a push's job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PushJob {
    /// Whose doing it is.
    pub(crate) follower: i64,
    /// When he did it, in Unix seconds: the same at each attempt.
    pub(crate) created_at: i64,
    /// What he did.
    pub(crate) what: What,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    Message { msg_id: i64, content: Content },
    Event(Event),
}

impl PushJob {
    pub(crate) fn follower(&self) -> FollowerNo {
        FollowerNo(self.follower)
    }

    /// Whether an answer is shown to the person, and a failure told to him (spec core 7.3).
    pub(crate) fn is_answerable(&self) -> bool {
        match &self.what {
            What::Message { .. } => true,
            What::Event(event) => matches!(event, Event::Subscribe { .. }),
        }
    }
}

/// Queues a push to the account's server. `None`: it has none.
pub(crate) fn push(
    tx: &mut Tx<'_>,
    account: &Account,
    follower: &Follower,
    happening: Happening<'_>,
) -> Result<Option<JobId>, Error> {
    if account.callback_url.is_none() {
        return Ok(None);
    }
    let now = tx.now();
    let (created_at, what) = match happening {
        Happening::Message(message) => (
            message.sent_at.secs(),
            What::Message { msg_id: message.msg_id, content: message.content.clone() },
        ),
        Happening::Event(event) => (now.secs(), What::Event(event)),
    };
    let job = PushJob { follower: follower.no.0, created_at, what };
    let body = serde_json::to_string(&job).expect("a push is plain data");
    let new = NewJob { owner: account.id.0, kind: jobs::PUSH, version: 1, body, due_at: now };
    ::jobs::enqueue(tx, &new).map(Some)
}
