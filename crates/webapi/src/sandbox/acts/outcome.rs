//! What came of an act: deliveries, and what the person sees because of it.

use std::time::Duration;

use db::Tx;
use jobs::JobId;
use platform::accounts::Account;
use platform::callbacks::deliveries;
use platform::conversations::cursor::Cursor;
use platform::conversations::{self, Origin};
use platform::ids::{FollowerNo, PersonId, Seq};
use platform::{Platform, followers, people};

use super::act::Wait;
use crate::conversations::{Line, Reader};
use crate::problem::{Problem, Refused};
use crate::sandbox::deliveries::Delivery;

/// How long an answer waits for its deliveries, in real time: four times what three attempts at
/// a dead server take by default, and less than clients wait for an answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// Replies that one act may show; a passive reply is one message.
const MOST_REPLIES: i64 = 100;

/// The deliveries of an act, after waiting for them as long as the script wants.
pub(super) async fn deliveries(
    platform: &Platform,
    account: &Account,
    push: Option<JobId>,
    wait: Wait,
) -> Refused<Vec<Delivery>> {
    let Some(job) = push else { return Ok(vec![Delivery::none(why_none(account))]) };
    let id = account.id;
    if wait == Wait::Settled {
        platform.engine().wait_over(&[(id.0, job)], PATIENCE).await?;
    }
    let found = platform.db.read(move |tx| deliveries::find(tx, id, job)).await?;
    let ids = platform.keys.ids();
    Ok(found.into_iter().map(|delivery| Delivery::new(ids, id, delivery)).collect())
}

fn why_none(account: &Account) -> &'static str {
    match account.callback_url {
        None => "the account has no server",
        Some(_) => "the account does not receive this event",
    }
}

/// What the person sees of others after a message.
pub(super) async fn replies(
    platform: &Platform,
    account: &Account,
    (person, follower): (PersonId, FollowerNo),
    after: Seq,
) -> Refused<Vec<Line>> {
    let id = account.id;
    let read = move |tx: &mut Tx<'_>| {
        let person = people::get(tx, person)?;
        let after = Cursor { seq: after };
        let page = conversations::list_after(tx, (id, follower), after, MOST_REPLIES)?;
        Ok((person.language, page.messages))
    };
    let (language, messages) = platform.db.read::<_, Problem, _>(read).await?;
    let reader = Reader::new(platform, id, &language);
    let of_others = messages.iter().filter(|message| message.origin != Origin::Person);
    Ok(of_others.map(|message| reader.line(message)).collect())
}

/// The number of the last message between the two; 0 if there is none.
pub(super) fn last_seq(tx: &mut Tx<'_>, account: &Account, person: PersonId) -> Refused<Seq> {
    let Some(follower) = followers::find(tx, account.id, person)? else { return Ok(Seq(0)) };
    let page = conversations::list_before(tx, (account.id, follower.no), None, 1)?;
    Ok(page.messages.last().map_or(Seq(0), |message| message.seq))
}
