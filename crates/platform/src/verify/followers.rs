//! Followers against the person's side: each is in his person's chat list, as he is.

use db::{Db, Error, Tx};

use super::CHUNK;
use super::store::{self, FollowerRow};
use crate::conversations::chats;
use crate::ids::{AccountId, FollowerNo, Seq};
use crate::people;

pub(super) fn list_faults(db: &Db, account: AccountId) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    let mut after = FollowerNo(-1);
    loop {
        let (found, last) = db.read_blocking(move |tx| check_chunk(tx, account, after))?;
        faults.extend(found);
        let Some(last) = last else { return Ok(faults) };
        after = last;
    }
}

fn check_chunk(
    tx: &mut Tx<'_>,
    account: AccountId,
    after: FollowerNo,
) -> Result<(Vec<String>, Option<FollowerNo>), Error> {
    let followers = store::list_followers(tx, account, after, CHUNK)?;
    let last = followers.last().map(|follower| follower.no);
    let mut faults = Vec::new();
    for follower in followers {
        let found = check(tx, account, &follower)?;
        let name = format!("account {account}, follower {}", follower.no);
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    Ok((faults, last))
}

fn check(
    tx: &mut Tx<'_>,
    account: AccountId,
    follower: &FollowerRow,
) -> Result<Vec<String>, Error> {
    let person = follower.person;
    if people::find(tx, person)?.is_none() {
        return Ok(vec![format!("the person {person} is not there")]);
    }
    let Some(chat) = chats::find(tx, person, account)? else {
        return Ok(vec![format!("the account is not in the chat list of person {person}")]);
    };
    let mut faults = Vec::new();
    if chat.follower != follower.no || chat.subscribed != follower.subscribed {
        faults.push(format!("the chat list of person {person} says something else of him"));
    }
    let last = store::find_last_seq(tx, account, follower.no)?.unwrap_or(Seq(0));
    let listed = chat.last.map_or(Seq(0), |last| last.seq);
    if listed != last {
        faults.push(format!("the last message is {last}, and the chat list shows {listed}"));
    }
    let unread = store::count_heard(tx, account, follower.no, chat.read_seq)?;
    if unread != chat.unread {
        let counted = chat.unread;
        faults.push(format!("{unread} messages are unread, and the chat list counts {counted}"));
    }
    Ok(faults)
}
