//! What a push is made of while it is under way.

use std::time::Duration;

use jobs::Claimed;
use outbound::Error as OutError;
use wire::callback::Credentials;
use wire::push::{Push, Pushed};
use wire::reply::{self, Expected, Reply};

use super::deliveries::{Attempt, Delivery, Status};
use super::edge::{self, Answer};
use super::{PushJob, render};
use crate::Platform;
use crate::accounts::Account;
use crate::followers::Follower;

/// Bodies are kept up to this size, for explanations.
const KEPT_BODY_BYTES: usize = 16 << 10;

/// A push under way, with the record of what came of it so far.
#[derive(Clone)]
pub(super) struct Task {
    pub(super) account: Account,
    pub(super) follower: Follower,
    pub(super) credentials: Credentials,
    pub(super) job: PushJob,
    pub(super) push: Push,
    pub(super) delivery: Delivery,
    /// Nothing listened at the server's port at the last attempt.
    pub(super) refused: bool,
}

impl Task {
    pub(super) fn new(
        platform: &Platform,
        held: &Claimed,
        (account, follower, credentials): (Account, Follower, Credentials),
        job: PushJob,
    ) -> Self {
        let push = render::push(platform, &account, &follower, &job);
        let delivery = Delivery {
            id: held.id,
            rid: platform.rids.next(platform.db.clock().now()).to_string(),
            url: account.callback_url.clone().unwrap_or_default(),
            status: Status::Pending,
            reason: String::new(),
            attempts: Vec::new(),
            request_query: String::new(),
            request_body: String::new(),
            response_status: None,
            response_body: String::new(),
            created_at: held.created_at,
        };
        Self { account, follower, credentials, job, push, delivery, refused: false }
    }

    pub(super) fn url(&self) -> &str {
        &self.delivery.url
    }

    /// Notes an attempt: what was sent, how long it took, what came back.
    pub(super) fn note(
        &mut self,
        pushed: &Pushed,
        took: Duration,
        answer: &Result<Answer, OutError>,
    ) {
        self.delivery.request_query = edge::query_text(&pushed.query);
        self.delivery.request_body = kept(&pushed.body);
        let answered = answer.as_ref().ok();
        self.delivery.response_status = answered.map(|answer| answer.status);
        self.delivery.response_body = answered.map_or_else(String::new, |a| kept(&a.body));
        self.refused = matches!(answer, Err(OutError::Refused));
        let ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
        let status = self.delivery.response_status;
        self.delivery.attempts.push(Attempt { status, ms, error: None });
    }

    /// Reads an answer; the error says why it is none.
    pub(super) fn read(&self, answer: &Answer) -> Result<Reply, String> {
        if answer.status != 200 {
            return Err(format!("the server answered {}", answer.status));
        }
        let expected = Expected {
            open_id: self.follower.openid.clone(),
            username: self.account.username.clone(),
        };
        let (format, mode) = (self.account.format, self.account.mode);
        reply::parse(&answer.body, format, mode, &self.credentials, &expected)
            .map_err(|invalid| invalid.to_string())
    }

    /// Notes why the last attempt brought no valid answer.
    pub(super) fn fail(&mut self, reason: String) {
        if let Some(last) = self.delivery.attempts.last_mut() {
            last.error = Some(reason.clone());
        }
        self.delivery.reason = reason;
    }

    /// The same, ended without a valid answer.
    pub(super) fn end(mut self, status: Status) -> Self {
        self.delivery.status = status;
        if status == Status::Suspended {
            "the server failed too often and is left alone for a while"
                .clone_into(&mut self.delivery.reason);
        }
        self
    }
}

/// As much of a body as is kept; what is not UTF-8 is shown with replacement characters.
fn kept(body: &[u8]) -> String {
    let part = &body[..body.len().min(KEPT_BODY_BYTES)];
    String::from_utf8_lossy(part).replace('\0', "\u{fffd}")
}
