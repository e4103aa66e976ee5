//! The name of a node among those that share a database. It stays with the data folder, so that a
//! node which is started anew goes on with its own work at once, and not when its leases run out.

use std::fs;
use std::io::ErrorKind;

use anyhow::Context as _;
use db::{Db, Error};

use crate::folder::DataFolder;

/// The name in the folder; the first start draws it.
pub(crate) fn open(folder: &DataFolder, db: &Db) -> anyhow::Result<String> {
    let path = folder.node();
    match fs::read_to_string(&path) {
        Ok(name) if !name.trim().is_empty() => return Ok(name.trim().to_owned()),
        // An empty file is what a power cut may leave of a first start.
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    }
    let drawn = db.read_blocking(|tx| Ok::<[u8; 8], Error>(tx.random()))?;
    let name = hex::encode(drawn);
    fs::write(&path, format!("{name}\n")).with_context(|| path.display().to_string())?;
    Ok(name)
}
