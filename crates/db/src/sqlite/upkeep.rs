//! Copying and checking the file while it is in use, each on a connection of its own.

use super::failure::failure;
use super::open::{self, Role};
use super::schema;
use crate::{Error, Migration};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Faults that a check names at most; a broken file has no end of them.
const FAULTS: usize = 100;

/// Copies the database into a new file.
pub(crate) fn backup(from: &Path, to: &Path) -> Result<(), Error> {
    let file = |error: std::io::Error| Error::File(format!("{}: {error}", to.display()));
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(file)?;
    let copied = copy(from, to);
    if copied.is_err() {
        // Half a copy must not be taken for a whole one.
        fs::remove_file(to).map_err(file)?;
    }
    copied
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let source = connect(from)?;
    let words = |error: rusqlite::Error| failure(&error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(to, flags).map_err(words)?;
    // All pages in one step: a copy in several would begin again after each commit in between.
    let step = Backup::new(&source, &mut target).and_then(|backup| backup.step(-1));
    match step.map_err(words)? {
        StepResult::Done => {}
        _ => return Err(Error::Busy),
    }
    // A copy is one file: it has no log beside it.
    target.pragma_update(None, "journal_mode", "delete").map_err(words)
}

/// Checks pages, indexes, constraints, foreign keys and the schema.
pub(crate) fn verify(path: &Path, migrations: &[Migration]) -> Result<Vec<String>, Error> {
    let connection = connect(path)?;
    let found = pages(&connection).and_then(|mut faults| {
        faults.extend(foreign_keys(&connection)?);
        faults.extend(schema::compare(&connection, migrations)?);
        Ok(faults)
    });
    match found.map_err(|error| failure(&error)) {
        Err(Error::Corrupt(cause)) => Ok(vec![format!("the file cannot be read: {cause}")]),
        found => found,
    }
}

fn connect(path: &Path) -> Result<Connection, Error> {
    open::connect(path, true, Role::Reader).map_err(|error| Error::Corrupt(error.to_string()))
}

fn pages(connection: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let sql = format!("pragma integrity_check({FAULTS})");
    let mut faults = Vec::new();
    for fault in connection.prepare(&sql)?.query_map([], |row| row.get::<_, String>(0))? {
        faults.extend(Some(fault?).filter(|fault| fault != "ok"));
    }
    Ok(faults)
}

fn foreign_keys(connection: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut checked = connection.prepare("pragma foreign_key_check")?;
    let sentence = |row: &rusqlite::Row<'_>| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} names no row of {parent}"))
    };
    checked.query_map([], sentence)?.take(FAULTS).collect()
}
