//! To follow and to leave.

use db::Tx;
use jobs::JobId;
use wire::ids::OpenId;

use super::{Error, Follower, store};
use crate::accounts;
use crate::autoreply::{self, Occasion};
use crate::callbacks::{self, Event, Happening};
use crate::conversations;
use crate::conversations::chats::TOPIC_LIST;
use crate::facts::{self, Fact};
use crate::ids::{AccountId, FollowerNo, PersonId};
use crate::keys::Keys;
use crate::people;

/// What came of following or leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The follower, as he is now.
    pub follower: Follower,
    /// Something changed; false for one who follows already.
    pub changed: bool,
    /// The push that it caused, if the account has a server.
    pub push: Option<JobId>,
}

/// A person begins to follow. `scene` is where he came from (`ADD_SCENE_…`), `scan` the scene of a
/// parametric QR code, if it was one.
pub fn subscribe(
    tx: &mut Tx<'_>,
    keys: &Keys,
    (account, person): (AccountId, PersonId),
    scene: &str,
    scan: &str,
) -> Result<Outcome, Error> {
    let account = accounts::find(tx, account)?.ok_or(Error::AccountNotFound)?;
    let person = people::find(tx, person)?.ok_or(Error::PersonNotFound)?;
    let mut follower = meet(tx, keys, account.id, person.id)?;
    if !store::subscribe(tx, &follower, scene, scan)? {
        return Ok(Outcome { follower, changed: false, push: None });
    }
    follower.subscribed = true;
    follower.subscribed_at = tx.now();
    conversations::store::grant_follow(tx, account.id, follower.no)?;
    conversations::store::note_subscription(tx, &follower)?;
    facts::record(tx, &Fact::new("follow", &follower, &person.device).detail(scene))?;
    tell_list(tx, &follower);
    let key = if scan.is_empty() { String::new() } else { format!("qrscene_{scan}") };
    let event = Event::Subscribe { key };
    let push = callbacks::push(tx, &account, &follower, Happening::Event(event))?;
    if push.is_none() {
        autoreply::answer(tx, &account, &follower, Occasion::Follow)?;
    }
    Ok(Outcome { follower, changed: true, push })
}

/// A person leaves: his number stays his, every grant ends.
pub fn unsubscribe(
    tx: &mut Tx<'_>,
    (account, person): (AccountId, PersonId),
) -> Result<Outcome, Error> {
    let account = accounts::find(tx, account)?.ok_or(Error::AccountNotFound)?;
    let person = people::find(tx, person)?.ok_or(Error::PersonNotFound)?;
    let mut follower =
        store::find_by_person(tx, account.id, person.id)?.ok_or(Error::NotFollowing)?;
    if !store::unsubscribe(tx, &follower)? {
        return Ok(Outcome { follower, changed: false, push: None });
    }
    follower.subscribed = false;
    conversations::store::close_grants(tx, account.id, follower.no)?;
    conversations::store::note_subscription(tx, &follower)?;
    facts::record(tx, &Fact::new("unfollow", &follower, &person.device))?;
    tell_list(tx, &follower);
    let push = callbacks::push(tx, &account, &follower, Happening::Event(Event::Unsubscribe))?;
    Ok(Outcome { follower, changed: true, push })
}

/// The follower who is this person, with a number and an OpenID from the first contact on.
fn meet(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: AccountId,
    person: PersonId,
) -> Result<Follower, Error> {
    if let Some(known) = store::find_by_person(tx, account, person)? {
        return Ok(known);
    }
    let no = accounts::store::take_follower_no(tx, account)?.ok_or(Error::AccountNotFound)?;
    let follower = Follower {
        account,
        no: FollowerNo(no),
        person,
        openid: make_openid(keys, account, person),
        subscribed: false,
        subscribed_at: db::Timestamp(0),
    };
    if store::insert(tx, &follower)? {
        return Ok(follower);
    }
    store::find_by_person(tx, account, person)?.ok_or(Error::Store(db::Error::NoRow))
}

/// OpenIDs of one account begin alike; two accounts' OpenIDs of one person tell nobody that they
/// are one.
fn make_openid(keys: &Keys, account: AccountId, person: PersonId) -> OpenId {
    let root = account.0.to_be_bytes();
    let common = keys.mac_256("openid account", &root);
    let own = keys.mac_256("openid", &[root, person.0.to_be_bytes()].concat());
    let take = |bytes: [u8; 32]| bytes[..15].try_into().expect("32 bytes have 15");
    OpenId::from_bytes(common[..5].try_into().expect("32 bytes have 5"), take(own))
}

fn tell_list(tx: &mut Tx<'_>, follower: &Follower) {
    let (key, about) = (follower.person.0, follower.account.0);
    tx.wake(db::Wake { topic: TOPIC_LIST, key, about, number: 0 });
}
