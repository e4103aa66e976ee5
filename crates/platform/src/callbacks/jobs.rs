//! One push: up to three attempts, each counted before it is made; then the answer is shown, or
//! the line that the service is out of order.

use std::time::Instant;

use jobs::{Claimed, Done, Failure};
use wire::push::render;

use super::deliveries::Status;
use super::settle::{self, Refused, Settled};
use super::task::Task;
use super::{PushJob, edge};
use crate::Platform;
use crate::accounts::{self, credentials};
use crate::followers;
use crate::ids::AccountId;

/// The kind of the job; its owner is the account.
pub(crate) const PUSH: &str = "push";

/// Runs the job.
pub(crate) async fn push(platform: Platform, mut held: Claimed) -> Result<Done, Failure> {
    let Some(mut task) = prepare(&platform, &held).await? else { return Ok(Done::Remove) };
    if task.account.suspended_until > platform.db.clock().now() {
        return give_up(&platform, held, task.end(Status::Suspended)).await;
    }
    let most = platform.settings.callback_attempts;
    if held.attempt > most + 1 {
        task.fail("each attempt was cut off by a crash of the platform".to_owned());
    }
    // After a crash the attempt that was in flight is made once more, so one may lie beyond.
    while held.attempt <= most + 1 {
        if attempt(&platform, &held, &mut task).await? {
            return Ok(Done::Finished);
        }
        if held.attempt >= most {
            break;
        }
        let present = held.clone();
        match platform.db.write(move |tx| jobs::next_attempt(tx, &present)).await? {
            Some(next) => held = next,
            None => return Ok(Done::Finished), // another node has taken it over
        }
    }
    give_up(&platform, held, task.end(Status::Failed)).await
}

/// Reads what the attempts need. `None`: account, follower or server are gone.
async fn prepare(platform: &Platform, held: &Claimed) -> Result<Option<Task>, Failure> {
    let job: PushJob =
        serde_json::from_str(&held.body).map_err(|error| Failure(error.to_string()))?;
    let (account, no) = (AccountId(held.owner), job.follower());
    let found = platform
        .db
        .read(move |tx| {
            let follower = followers::find_by_no(tx, account, no)?;
            Ok::<_, db::Error>((accounts::find(tx, account)?, follower))
        })
        .await?;
    let (Some(account), Some(follower)) = found else { return Ok(None) };
    if account.callback_url.is_none() {
        return Ok(None);
    }
    let credentials =
        credentials::open(&account, &platform.keys).map_err(|error| Failure(error.to_string()))?;
    Ok(Some(Task::new(platform, held, (account, follower, credentials), job)))
}

/// One attempt and, if it brings a valid answer, all that follows from it. `false`: it failed.
async fn attempt(platform: &Platform, held: &Claimed, task: &mut Task) -> Result<bool, Failure> {
    let stamp = platform.draw().await?.stamp(platform.db.clock().now());
    let (format, mode) = (task.account.format, task.account.mode);
    let pushed = render(&task.push, format, mode, &task.credentials, &stamp);
    let started = Instant::now();
    let answer = edge::post(platform, task.url(), &pushed).await;
    task.note(&pushed, started.elapsed(), &answer);
    let read = answer.map_err(|error| error.to_string()).and_then(|answer| task.read(&answer));
    let reply = match read {
        Ok(reply) => reply,
        Err(reason) => {
            task.fail(reason);
            return Ok(false);
        }
    };
    let (keys, held, end) = (platform.keys.clone(), held.clone(), task.clone());
    let shown = platform.db.write(move |tx| settle::show(tx, &keys, &held, &end, &reply)).await;
    match shown {
        Ok(Settled::Done | Settled::TakenOver) => Ok(true),
        Err(Refused::UnknownMedia(id)) => {
            task.fail(format!("no such medium: {id}"));
            Ok(false)
        }
        Err(Refused::Store(error)) => Err(error.into()),
    }
}

/// No attempt brought a valid answer.
async fn give_up(platform: &Platform, held: Claimed, task: Task) -> Result<Done, Failure> {
    let settings = platform.settings.clone();
    platform.db.write(move |tx| settle::give_up(tx, &settings, &held, &task)).await?;
    Ok(Done::Finished)
}
