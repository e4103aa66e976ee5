//! The transaction that ends a push: the job goes, the record stays, the person sees the answer.

use db::Tx;
use jobs::Claimed;
use wire::reply::Reply;

use super::deliveries::{Delivery, Status};
pub(super) use super::reply::Refused;
use super::task::Task;
use super::{reply, store};
use crate::Settings;
use crate::accounts;
use crate::conversations::content::{Content, SystemLine};
use crate::conversations::{NewMessage, Origin, append};
use crate::followers;
use crate::keys::Keys;

/// Settled deliveries between two prunings of an account's record.
const PRUNE_EVERY: i64 = 500;

/// What became of the job.
pub(super) enum Settled {
    /// It is over.
    Done,
    /// Another node has taken it over; nothing was written.
    TakenOver,
}

/// Ends a push with a valid answer.
pub(super) fn show(
    tx: &mut Tx<'_>,
    keys: &Keys,
    held: &Claimed,
    task: &Task,
    reply: &Reply,
) -> Result<Settled, Refused> {
    if !jobs::finish(tx, held)? {
        return Ok(Settled::TakenOver);
    }
    let account = task.account.id;
    if accounts::store::forget_failed_pushes(tx, account)? {
        accounts::wake(tx, account);
    }
    let status = match reply {
        Reply::Nothing => Status::Acknowledged,
        _ => Status::Replied,
    };
    if task.job.is_answerable() {
        let answering = task.push.body.answering();
        let content = reply::content(tx, keys, account, reply, answering)?;
        say(tx, task, Origin::Account, content)?;
    }
    let delivery = Delivery { status, reason: String::new(), ..task.delivery.clone() };
    record(tx, task, &delivery)?;
    Ok(Settled::Done)
}

/// Ends a push that brought no valid answer, and leaves the server alone if it fails too often.
pub(super) fn give_up(
    tx: &mut Tx<'_>,
    settings: &Settings,
    held: &Claimed,
    task: &Task,
) -> Result<Settled, db::Error> {
    if !jobs::finish(tx, held)? {
        return Ok(Settled::TakenOver);
    }
    // Under `dev` the bot is often just being started: a refused connection does not count.
    // Attempts that a crash of ours cut off, which leave no trace, say nothing about the server.
    let counts = !(settings.dev && task.refused)
        && task.delivery.status == Status::Failed
        && !task.delivery.attempts.is_empty();
    if counts {
        count_failure(tx, settings, task)?;
    }
    if task.job.is_answerable() {
        let line = Content::System { line: SystemLine::ServiceUnavailable };
        say(tx, task, Origin::System, Some(line))?;
    }
    record(tx, task, &task.delivery)?;
    Ok(Settled::Done)
}

fn count_failure(tx: &mut Tx<'_>, settings: &Settings, task: &Task) -> Result<(), db::Error> {
    let account = task.account.id;
    let failures = accounts::store::count_failed_push(tx, account)?;
    if failures.is_some_and(|failures| failures >= settings.callback_failures) {
        let until = tx.now().plus_secs(settings.callback_suspension_secs);
        accounts::store::suspend(tx, account, until)?;
    }
    accounts::wake(tx, account);
    Ok(())
}

/// Adds to the conversation, unless the person has left meanwhile.
fn say(
    tx: &mut Tx<'_>,
    task: &Task,
    origin: Origin,
    content: Option<Content>,
) -> Result<(), db::Error> {
    let Some(content) = content else { return Ok(()) };
    let Some(follower) = followers::find_by_no(tx, task.account.id, task.follower.no)? else {
        return Ok(());
    };
    let new = NewMessage {
        follower: &follower,
        origin,
        content: &content,
        msg_id: 0,
        send_key: None,
        opens: None,
    };
    append(tx, &new).map(|_| ())
}

fn record(tx: &mut Tx<'_>, task: &Task, delivery: &Delivery) -> Result<(), db::Error> {
    store::insert(tx, task.account.id, delivery)?;
    if delivery.id.0 % PRUNE_EVERY == 0 {
        store::prune(tx, task.account.id)?;
    }
    Ok(())
}
