//! An account: its directories, and how many followers it counts.

use db::{Error, Tx};

use super::store::{self, AccountRow};
use crate::accounts::directory;

pub(super) fn list_faults(tx: &mut Tx<'_>, account: &AccountRow) -> Result<Vec<String>, Error> {
    let id = account.id;
    let mut faults = Vec::new();
    let by_app_id = directory::find_by_app_id(tx, &account.app_id)?;
    if by_app_id.is_none_or(|found| found.id != id) {
        faults.push(format!("account {id}: its AppID does not lead to it"));
    }
    if crate::accounts::store::find_by_username(tx, &account.username)? != Some(id) {
        faults.push(format!("account {id}: its original id does not lead to it"));
    }
    let (count, next) = store::count_followers(tx, id)?;
    if next != account.next_follower || count != next {
        let given = account.next_follower;
        faults.push(format!(
            "account {id}: it has given {given} follower numbers, and {count} followers are there, \
             numbered below {next}"
        ));
    }
    Ok(faults)
}
