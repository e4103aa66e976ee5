//! All SQL of the followers.

use db::{Error, Timestamp, Tx, params};
use wire::ids::OpenId;

use super::Follower;
use crate::ids::{AccountId, FollowerNo, PersonId};

db::row! {
    struct FollowerRow {
        account_id: AccountId,
        follower_no: FollowerNo,
        person_id: PersonId,
        openid: String,
        subscribed: bool,
        subscribed_at: Timestamp,
    }
}

impl FollowerRow {
    fn into_follower(self) -> Result<Follower, Error> {
        let openid = OpenId::parse(&self.openid)
            .map_err(|_| Error::Corrupt(format!("follower {}: openid", self.follower_no)))?;
        Ok(Follower {
            account: self.account_id,
            no: self.follower_no,
            person: self.person_id,
            openid,
            subscribed: self.subscribed,
            subscribed_at: self.subscribed_at,
        })
    }
}

pub(crate) fn find_by_person(
    tx: &mut Tx<'_>,
    account: AccountId,
    person: PersonId,
) -> Result<Option<Follower>, Error> {
    let row: Option<FollowerRow> = tx.optional(
        "select account_id, follower_no, person_id, openid, subscribed, subscribed_at \
         from follower where account_id = $1 and person_id = $2",
        params![account, person],
    )?;
    row.map(FollowerRow::into_follower).transpose()
}

pub(crate) fn find_by_openid(
    tx: &mut Tx<'_>,
    account: AccountId,
    openid: &str,
) -> Result<Option<Follower>, Error> {
    let row: Option<FollowerRow> = tx.optional(
        "select account_id, follower_no, person_id, openid, subscribed, subscribed_at \
         from follower where account_id = $1 and openid = $2",
        params![account, openid],
    )?;
    row.map(FollowerRow::into_follower).transpose()
}

pub(crate) fn find_by_no(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: FollowerNo,
) -> Result<Option<Follower>, Error> {
    let row: Option<FollowerRow> = tx.optional(
        "select account_id, follower_no, person_id, openid, subscribed, subscribed_at \
         from follower where account_id = $1 and follower_no = $2",
        params![account, no],
    )?;
    row.map(FollowerRow::into_follower).transpose()
}

/// Adds a follower at the first contact; `false`: somebody else was quicker.
pub(crate) fn insert(tx: &mut Tx<'_>, follower: &Follower) -> Result<bool, Error> {
    let now = tx.now();
    let touched = tx.execute(
        "insert into follower (account_id, follower_no, person_id, openid, subscribed, \
         subscribed_at, scene, scan, created_at) values ($1, $2, $3, $4, false, 0, '', '', $5) \
         on conflict (account_id, person_id) do nothing",
        params![follower.account, follower.no, follower.person, follower.openid.as_str(), now],
    )?;
    Ok(touched == 1)
}

/// Begins to follow. `false`: he does already.
pub(crate) fn subscribe(
    tx: &mut Tx<'_>,
    follower: &Follower,
    scene: &str,
    scan: &str,
) -> Result<bool, Error> {
    let now = tx.now();
    let touched = tx.execute(
        "update follower set subscribed = true, subscribed_at = $3, scene = $4, scan = $5 \
         where account_id = $1 and follower_no = $2 and not subscribed",
        params![follower.account, follower.no, now, scene, scan],
    )?;
    Ok(touched == 1)
}

/// Ceases to follow. `false`: he does not.
pub(crate) fn unsubscribe(tx: &mut Tx<'_>, follower: &Follower) -> Result<bool, Error> {
    let touched = tx.execute(
        "update follower set subscribed = false \
         where account_id = $1 and follower_no = $2 and subscribed",
        params![follower.account, follower.no],
    )?;
    Ok(touched == 1)
}
