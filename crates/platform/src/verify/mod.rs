//! Whether what is stored agrees with itself: every counter against a recount, every row against
//! the rows that it belongs to. For an instance that does not run: it reads in many steps.

pub mod edge;
pub mod files;
pub mod instance;

mod accounts;
mod conversations;
mod counters;
mod followers;
mod store;

use db::{Db, Error};

use crate::ids::AccountId;

/// Faults after which nobody reads on: the store is broken, whatever else is.
pub const MAX_FAULTS: usize = 1_000;

/// Rows read in one step.
const CHUNK: i64 = 500;

/// A sentence for each fault of the rows; none is fine. Blocks.
pub fn list_faults(db: &Db) -> Result<Vec<String>, Error> {
    let mut faults = counters::list_faults(db)?;
    let mut after = AccountId(0);
    loop {
        let accounts = db.read_blocking(move |tx| store::list_accounts(tx, after, CHUNK))?;
        let Some(last) = accounts.last() else { break };
        after = last.id;
        for account in accounts {
            let id = account.id;
            faults.extend(db.read_blocking(move |tx| accounts::list_faults(tx, &account))?);
            faults.extend(followers::list_faults(db, id)?);
            faults.extend(conversations::list_faults(db, id)?);
            if faults.len() > MAX_FAULTS {
                faults.truncate(MAX_FAULTS);
                faults.push("and more".to_owned());
                return Ok(faults);
            }
        }
    }
    Ok(faults)
}
