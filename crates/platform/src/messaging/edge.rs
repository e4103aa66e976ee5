//! What takes more than one transaction: a message that may be a repetition, and "the account is
//! typing" (`/cgi-bin/message/custom/typing`), which is checked against the store, kept in memory
//! and told to whoever is online.

use bus::Wake;
use db::{Timestamp, Tx};

use super::{Error, Inbound, Received, custom, receive};
use crate::Platform;
use crate::conversations;
use crate::followers::Follower;
use crate::ids::{AccountId, PersonId};

/// Typing needs an exchange within so many seconds (spec core 13.4).
pub const EXCHANGE_SECS: i64 = 30;
/// The topic that names a person to whom an account begins (`number` 1) or ceases (0) to type.
pub const TOPIC_TYPING: &str = "typing";

/// Takes a message that its sender has named. One of the same name again answers the first and
/// changes nothing.
pub async fn receive_named(
    platform: &Platform,
    place: (AccountId, PersonId),
    inbound: Inbound,
    name: String,
) -> Result<Received, Error> {
    let earlier = name.clone();
    let take = move |tx: &mut Tx<'_>| receive::receive(tx, place, &inbound, Some(&name));
    match platform.db.write(take).await {
        Err(Error::Repeated) => {
            let find = move |tx: &mut Tx<'_>| receive::find_earlier(tx, place, &earlier);
            let message = platform.db.read(find).await?.ok_or(Error::Repeated)?;
            Ok(Received { message, push: None, repeated: true })
        }
        received => received,
    }
}

/// The account begins to type.
pub async fn begin_typing(
    platform: &Platform,
    account: AccountId,
    openid: &str,
) -> Result<(), Error> {
    let (follower, exchanged_at) = find(platform, account, openid).await?;
    let now = platform.db.clock().now();
    if exchanged_at.plus_secs(EXCHANGE_SECS) < now {
        return Err(Error::NotTalking);
    }
    if !platform.typing.begin(account, follower.no, now) {
        return Err(Error::AlreadyTyping);
    }
    tell(platform, &follower, 1);
    Ok(())
}

/// The account ceases to type.
pub async fn end_typing(
    platform: &Platform,
    account: AccountId,
    openid: &str,
) -> Result<(), Error> {
    let (follower, _) = find(platform, account, openid).await?;
    platform.typing.end(account, follower.no);
    tell(platform, &follower, 0);
    Ok(())
}

async fn find(
    platform: &Platform,
    account: AccountId,
    openid: &str,
) -> Result<(Follower, Timestamp), Error> {
    let openid = openid.to_owned();
    platform
        .db
        .read(move |tx| {
            let follower = custom::find_receiver(tx, account, &openid)?;
            let exchanged = conversations::store::find_exchanged_at(tx, account, follower.no)?;
            Ok((follower, exchanged.unwrap_or_default()))
        })
        .await
}

fn tell(platform: &Platform, follower: &Follower, number: i64) {
    let (key, about) = (follower.person.0, follower.account.0);
    platform.bus.publish(&[Wake { topic: TOPIC_TYPING, key, about, number }]);
}
