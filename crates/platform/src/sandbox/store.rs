//! The SQL of the sandbox.

use db::{Error, Tx, params};

use crate::ids::PersonId;

/// Accounts that stay begin anew: their followers are gone, and with them every failed push.
pub(super) fn forget_followers(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.execute(
        "/* fan_out */ update account set next_follower = 0, failed_pushes = 0, \
         suspended_until = 0",
        params![],
    )?;
    Ok(())
}

pub(super) fn list_newest_people(
    tx: &mut Tx<'_>,
    before: PersonId,
    limit: i64,
) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<(PersonId,)> = tx.list(
        "/* fan_out */ select person_id from person where person_id < $1 \
         order by person_id desc limit $2",
        params![before, limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
