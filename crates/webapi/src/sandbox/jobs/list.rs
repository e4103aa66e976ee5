//! `GET /sandbox/jobs?state=dead`: dead letters of all accounts.

use axum::Json;
use axum::extract::State;
use jobs::{DeadJob, JobId};
use platform::Platform;
use platform::accounts::{Account, directory};
use platform::ids::{IdKind, PublicIds};
use serde::{Deserialize, Serialize};

use crate::body::Query;
use crate::instant;
use crate::paging;
use crate::problem::Refused;

/// Dead letters on a page, unless it is asked for fewer or more.
const DEFAULT: i64 = 100;
const MOST: i64 = 1_000;
/// Accounts that one read looks at.
const ACCOUNTS: i64 = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    #[serde(rename = "state")]
    _wanted: Wanted,
    limit: Option<i64>,
}

/// What can be listed.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    Dead,
}

#[derive(Serialize)]
pub(super) struct Response {
    jobs: Vec<Dead>,
}

#[derive(Serialize)]
struct Dead {
    id: String,
    appid: String,
    kind: String,
    attempts: i64,
    error: String,
    created_at: String,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Query(request): Query<Request>,
) -> Refused<Json<Response>> {
    let limit = paging::within(request.limit, DEFAULT, MOST)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let ids = platform.keys.ids();
    let (mut jobs, mut before) = (Vec::new(), None);
    while jobs.len() < most {
        let read = move |tx: &mut db::Tx<'_>| {
            let accounts = directory::list_newest(tx, before, ACCOUNTS)?;
            let dead =
                accounts.iter().map(|account| jobs::list_dead(tx, account.id.0, JobId(0), limit));
            let dead = dead.collect::<Result<Vec<_>, db::Error>>()?;
            Ok::<_, db::Error>((accounts, dead))
        };
        let (accounts, dead) = platform.db.read(read).await?;
        let Some(last) = accounts.last() else { break };
        before = Some(last.id);
        for (account, dead) in accounts.iter().zip(dead) {
            jobs.extend(dead.into_iter().map(|job| Dead::new(ids, account, job)));
        }
    }
    jobs.truncate(most);
    Ok(Json(Response { jobs }))
}

impl Dead {
    fn new(ids: &PublicIds, account: &Account, job: DeadJob) -> Self {
        Self {
            id: ids.encode(IdKind::Job, account.id.0, job.id.0),
            appid: account.app_id.as_str().to_owned(),
            kind: job.kind,
            attempts: job.attempts,
            error: job.last_error,
            created_at: instant::format(job.created_at),
        }
    }
}
