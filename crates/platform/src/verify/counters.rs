//! Leased counters: none may give a number that is in use already.

use db::{Db, Error};

use super::store;
use crate::messaging::FIRST_MSG_ID;

pub(super) fn list_faults(db: &Db) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    for (counter, statement) in store::NUMBERED {
        let (used, next) = db.read_blocking(move |tx| {
            let next = store::find_next_number(tx, counter)?.unwrap_or(1);
            Ok::<_, Error>((store::find_highest(tx, statement)?, next))
        })?;
        let first = if counter == "msg_id" { FIRST_MSG_ID } else { 0 };
        if used >= first + next {
            faults.push(format!("the counter {counter} stands at {next} and will repeat {used}"));
        }
    }
    Ok(faults)
}
