//! Uploaded files: which of them are in use.

use db::{Db, Error};
use files::Hash;

use super::{CHUNK, store};

/// The files that rows name, by their hash. Blocks.
pub fn list_used(db: &Db) -> Result<Vec<Hash>, Error> {
    let mut used: Vec<Hash> = Vec::new();
    loop {
        let after = used.last().map(Hash::to_string).unwrap_or_default();
        let page = db.read_blocking(move |tx| store::list_used(tx, &after, CHUNK))?;
        if page.is_empty() {
            return Ok(used);
        }
        used.extend(page);
    }
}
