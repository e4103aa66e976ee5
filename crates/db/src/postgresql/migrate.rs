//! Brings the schema up to date, one process at a time.

use super::connect::connect;
use super::failure::words;
use crate::migrations::{Dialect, History, Migration, Step, render};
use crate::{Clock, OpenError};
use postgres::{Client, Config, GenericClient};
use std::thread;
use std::time::Duration;

/// "TEAH": the advisory lock of whoever migrates.
const LOCK: i64 = 0x5445_4148;
/// The wait for another process that migrates: ten minutes, asked for every tenth of a second. A
/// waiting query would hold up the other's concurrent indexes.
const TRIES: u32 = 6000;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// Runs the migrations that the database does not have, each in a transaction of its own.
pub(super) fn migrate(
    config: &Config,
    partitions: Option<u32>,
    migrations: &[Migration],
    clock: &Clock,
) -> Result<(), OpenError> {
    let mut client = connect(config).map_err(|error| unreachable(&error))?;
    check_encoding(&mut client)?;
    // Building an index may take long. The lock ends with the connection.
    client.batch_execute("set statement_timeout = 0").map_err(|error| unreachable(&error))?;
    lock(&mut client)?;
    let history = history(&mut client)?;
    for migration in history.missing(migrations)? {
        apply(&mut client, migration, partitions, clock)
            .map_err(|cause| OpenError::Migration { name: migration.name.to_owned(), cause })?;
    }
    Ok(())
}

fn unreachable(error: &postgres::Error) -> OpenError {
    OpenError::Unreachable(words(error))
}

fn check_encoding(client: &mut Client) -> Result<(), OpenError> {
    let row = client.query_one("show server_encoding", &[]).map_err(|error| unreachable(&error))?;
    if row.get::<_, String>(0) == "UTF8" {
        return Ok(());
    }
    Err(OpenError::Options("the database is not in UTF-8; create it with encoding 'UTF8'"))
}

fn lock(client: &mut Client) -> Result<(), OpenError> {
    for _ in 0..TRIES {
        let row = client.query_one("select pg_try_advisory_lock($1)", &[&LOCK]);
        if row.map_err(|error| unreachable(&error))?.get(0) {
            return Ok(());
        }
        thread::park_timeout(BETWEEN_TRIES);
    }
    Err(OpenError::InUse("the migration of the database".to_owned()))
}

/// The migrations that the database has. One that has tables and no history is not ours.
fn history(client: &mut Client) -> Result<History, OpenError> {
    let foreign = || OpenError::Foreign("the database".to_owned());
    let sql = "select count(*), count(*) filter (where relname = 'schema_migration') \
         from pg_class where relnamespace = current_schema()::regnamespace \
         and relkind in ('r', 'p')";
    let row = client.query_one(sql, &[]).map_err(|error| unreachable(&error))?;
    match (row.get::<_, i64>(0), row.get::<_, i64>(1)) {
        (0, _) => Ok(History::default()),
        (_, 0) => Err(foreign()),
        _ => {
            let rows = client.query(History::SELECT, &[]).map_err(|_| foreign())?;
            let applied = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
            applied.collect::<Result<_, postgres::Error>>().map(History).map_err(|_| foreign())
        }
    }
}

fn apply(
    client: &mut Client,
    migration: &Migration,
    partitions: Option<u32>,
    clock: &Clock,
) -> Result<(), String> {
    let words = |error: postgres::Error| words(&error);
    let dialect = Dialect::Postgres { partitions };
    let concurrent = |step: &Step| matches!(step, Step::Index(index) if index.concurrently);
    match migration.steps {
        [step @ Step::Index(index)] if concurrent(step) && partitions.is_none() => {
            // A build that was cut off leaves a broken index behind.
            let clear = format!("drop index concurrently if exists {}", index.name);
            client.batch_execute(&clear).map_err(words)?;
            run(client, step, dialect)?;
            record(client, migration, clock).map_err(words)
        }
        steps if steps.iter().any(concurrent) && steps.len() > 1 => {
            Err("a concurrent index stands alone in its migration".to_owned())
        }
        steps => {
            let mut transaction = client.transaction().map_err(words)?;
            steps.iter().try_for_each(|step| run(&mut transaction, step, dialect))?;
            record(&mut transaction, migration, clock).map_err(words)?;
            transaction.commit().map_err(words)
        }
    }
}

/// Runs the statements of a step.
pub(super) fn run(
    client: &mut impl GenericClient,
    step: &Step,
    dialect: Dialect,
) -> Result<(), String> {
    for statement in render(step, dialect).map_err(|error| error.to_string())? {
        client.batch_execute(&statement).map_err(|error| words(&error))?;
    }
    Ok(())
}

fn record(
    client: &mut impl GenericClient,
    migration: &Migration,
    clock: &Clock,
) -> Result<(), postgres::Error> {
    let applied_at = clock.now().0;
    client.execute(History::INSERT, &[&migration.number, &migration.name, &applied_at]).map(drop)
}
