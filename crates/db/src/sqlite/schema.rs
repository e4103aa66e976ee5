//! The schema of the file: brought up to date when it is opened, and compared with the declared.

use super::open::{APPLICATION_ID, refusal};
use crate::migrations::{Dialect, History, Migration, differences, render};
use crate::{Clock, OpenError};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::Path;

/// Runs the migrations that the file does not have, all in one transaction.
pub(super) fn migrate(
    path: &Path,
    connection: &Connection,
    migrations: &[Migration],
    clock: &Clock,
) -> Result<(), OpenError> {
    let refuse = |error: rusqlite::Error| refusal(path, &error);
    connection.execute_batch("begin immediate").map_err(refuse)?;
    let migrated = bring_up_to_date(path, connection, migrations, clock);
    let end = if migrated.is_ok() { "commit" } else { "rollback" };
    // Nothing is lost if the roll-back fails: closing the connection does it again.
    let ended = connection.execute_batch(end).map_err(refuse);
    migrated.and(ended)
}

fn bring_up_to_date(
    path: &Path,
    connection: &Connection,
    migrations: &[Migration],
    clock: &Clock,
) -> Result<(), OpenError> {
    let refuse = |error: rusqlite::Error| refusal(path, &error);
    let history = history(path, connection).map_err(|error| match error {
        Found::Refused(refused) => refused,
        Found::Sqlite(error) => refuse(error),
    })?;
    let missing = history.missing(migrations)?;
    for migration in missing {
        apply(connection, migration, clock)
            .map_err(|cause| OpenError::Migration { name: migration.name.to_owned(), cause })?;
    }
    let faults = compare(connection, migrations).map_err(refuse)?;
    match faults.into_iter().next() {
        None => Ok(()),
        Some(cause) => Err(OpenError::Damaged { path: path.display().to_string(), cause }),
    }
}

enum Found {
    Refused(OpenError),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Found {
    fn from(error: rusqlite::Error) -> Found {
        Found::Sqlite(error)
    }
}

/// The migrations that the file has; the file is marked as ours if it is empty.
fn history(path: &Path, connection: &Connection) -> Result<History, Found> {
    let objects: i64 =
        connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    let owner: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    match (objects, owner) {
        (0, 0) => connection.pragma_update(None, "application_id", APPLICATION_ID)?,
        (0, APPLICATION_ID) => {}
        (_, APPLICATION_ID) => return Ok(applied(connection)?),
        _ => return Err(Found::Refused(OpenError::Foreign(path.display().to_string()))),
    }
    Ok(History::default())
}

fn applied(connection: &Connection) -> Result<History, rusqlite::Error> {
    connection
        .prepare(History::SELECT)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()
        .map(History)
}

fn apply(connection: &Connection, migration: &Migration, clock: &Clock) -> Result<(), String> {
    for step in migration.steps {
        for statement in render(step, Dialect::Sqlite).map_err(|error| error.to_string())? {
            connection.execute_batch(&statement).map_err(|error| error.to_string())?;
        }
    }
    let row = params![migration.number, migration.name, clock.now().0];
    connection.execute(History::INSERT, row).map(drop).map_err(|error| error.to_string())
}

/// Where the schema of the file is not the declared one: a sentence for each difference.
pub(super) fn compare(
    connection: &Connection,
    migrations: &[Migration],
) -> Result<Vec<String>, rusqlite::Error> {
    let fresh = Connection::open_in_memory()?;
    for statement in migrations.iter().flat_map(|migration| migration.steps) {
        // What cannot be rendered was refused when it was applied.
        for statement in render(statement, Dialect::Sqlite).unwrap_or_default() {
            fresh.execute_batch(&statement)?;
        }
    }
    Ok(differences(&objects(&fresh)?, &objects(connection)?))
}

/// All tables and indexes with their texts, but those that SQLite makes for itself.
fn objects(connection: &Connection) -> Result<BTreeMap<String, String>, rusqlite::Error> {
    let sql = "select type || ' ' || name, tbl_name || ': ' || sql from sqlite_schema \
         where name not like 'sqlite@_%' escape '@'";
    connection.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
