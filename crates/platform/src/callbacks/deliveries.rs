//! Deliveries: what was sent to an account's server, and what it answered.

use db::{Error, Timestamp, Tx};
use jobs::JobId;
use serde::{Deserialize, Serialize};

use super::{jobs as pushes, store};
use crate::ids::AccountId;

/// How a delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The server answered with a reply that was shown or handed on.
    Replied,
    /// It answered `success` or nothing.
    Acknowledged,
    /// No attempt brought a valid answer.
    Failed,
    /// The server was being left alone; nothing was sent.
    Suspended,
    /// Still to be done.
    Pending,
}

/// One attempt at a delivery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// How long it took, in milliseconds of real time.
    pub ms: f64,
    /// What went wrong.
    pub error: Option<String>,
}

/// A delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The number of its job.
    pub id: JobId,
    /// Its name, for explanations.
    pub rid: String,
    /// Where it was sent.
    pub url: String,
    /// How it ended.
    pub status: Status,
    /// Why, where that needs saying.
    pub reason: String,
    /// Each attempt.
    pub attempts: Vec<Attempt>,
    /// The query of the last attempt.
    pub request_query: String,
    /// The body of the last attempt, cut at 16 KiB.
    pub request_body: String,
    /// The status of the last answer.
    pub response_status: Option<u16>,
    /// The body of the last answer, cut at 16 KiB.
    pub response_body: String,
    /// When what it tells of happened.
    pub created_at: Timestamp,
}

impl Status {
    /// The word in our own API and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Replied => "replied",
            Self::Acknowledged => "acknowledged",
            Self::Failed => "failed",
            Self::Suspended => "suspended",
            Self::Pending => "pending",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Replied, Self::Acknowledged, Self::Failed, Self::Suspended, Self::Pending]
            .into_iter()
            .find(|status| status.as_str() == word)
    }
}

/// A delivery by the number of its job: settled, or still to be done.
pub fn find(tx: &mut Tx<'_>, account: AccountId, id: JobId) -> Result<Option<Delivery>, Error> {
    if let Some(settled) = store::find(tx, account, id)? {
        return Ok(Some(settled));
    }
    let waiting = ::jobs::is_pending(tx, account.0, id)?;
    Ok(waiting.then(|| pending(id)))
}

/// The latest deliveries, newest first: those still to be done, then the settled ones.
pub fn list(tx: &mut Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<Delivery>, Error> {
    let waiting = ::jobs::list_pending(tx, account.0, pushes::PUSH, limit)?;
    let mut found: Vec<Delivery> = waiting.into_iter().map(|(id, _)| pending(id)).collect();
    let settled = store::list(tx, account, limit)?;
    found.extend(settled.into_iter().filter(|delivery| delivery.status != Status::Pending));
    found.sort_by_key(|delivery| std::cmp::Reverse(delivery.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn pending(id: JobId) -> Delivery {
    Delivery {
        id,
        rid: String::new(),
        url: String::new(),
        status: Status::Pending,
        reason: String::new(),
        attempts: Vec::new(),
        request_query: String::new(),
        request_body: String::new(),
        response_status: None,
        response_body: String::new(),
        created_at: Timestamp(0),
    }
}
