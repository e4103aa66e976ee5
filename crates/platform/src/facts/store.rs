//! The SQL of the facts.

use db::{Error, Tx, params};

use super::Fact;

pub(super) fn insert(tx: &mut Tx<'_>, id: i64, fact: &Fact<'_>) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        "insert into event (account_id, event_id, follower_no, kind, at, device, system, network, \
         carrier, detail) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            fact.account,
            id,
            fact.follower,
            fact.kind,
            now,
            fact.device.model.as_str(),
            fact.device.system.as_str(),
            fact.device.network.as_str(),
            fact.device.carrier.as_str(),
            fact.detail
        ],
    )?;
    Ok(())
}
