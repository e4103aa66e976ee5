//! Erasing what a removed account leaves behind.

pub(crate) mod jobs;
mod store;

use ::jobs::NewJob;
use db::{Error, Tx};

use crate::ids::AccountId;

/// Queues the erasing; the account itself is gone already.
pub(super) fn enqueue(tx: &mut Tx<'_>, id: AccountId) -> Result<(), Error> {
    let (body, due_at) = ("{}".to_owned(), tx.now());
    ::jobs::enqueue(tx, &NewJob { owner: id.0, kind: jobs::ERASE, version: 1, body, due_at })?;
    Ok(())
}
