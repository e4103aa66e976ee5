//! Compares the schema with the declared one: that is made beside it, in a transaction that is
//! rolled back.

use super::failure::{failure, words};
use super::{apart, connect, migrate};
use crate::migrations::{Dialect, Index, Migration, Step, differences};
use crate::{Error, Result};
use postgres::Transaction;
use std::collections::BTreeMap;

/// The name of the schema beside.
const BESIDE: &str = "teahouse_declared";

/// All that a schema holds: the name of each object and its definition.
const OBJECTS: &str = "
    select 'column ' || c.relname || '.' || a.attname, concat_ws(' ',
        format_type(a.atttypid, a.atttypmod), a.attnotnull, o.collname,
        pg_get_expr(d.adbin, d.adrelid))
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    left join pg_collation o on o.oid = a.attcollation
    where c.relnamespace = $1::text::regnamespace and c.relkind in ('r', 'p')
    and a.attnum > 0 and not a.attisdropped
    union all
    select 'table ' || c.relname, concat_ws(' ', c.relkind, pg_get_partkeydef(c.oid),
        pg_get_expr(c.relpartbound, c.oid))
    from pg_class c
    where c.relnamespace = $1::text::regnamespace and c.relkind in ('r', 'p')
    union all
    select 'constraint ' || c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.connamespace = $1::text::regnamespace
    union all
    select 'index ' || c.relname, concat_ws(' ', i.indisvalid,
        replace(pg_get_indexdef(c.oid), quote_ident($1) || '.', ''))
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = $1::text::regnamespace";

/// A sentence for each difference.
pub(crate) fn verify(
    url: &str,
    partitions: Option<u32>,
    migrations: &[Migration],
) -> Result<Vec<String>> {
    apart(|| {
        let mut client = connect::config(url)
            .and_then(|config| connect::connect(&config))
            .map_err(|error| Error::Unreachable(words(&error)))?;
        let mut transaction = client.transaction().map_err(|error| failure(&error))?;
        compare(&mut transaction, partitions, migrations)
    })
}

fn compare(
    transaction: &mut Transaction<'_>,
    partitions: Option<u32>,
    migrations: &[Migration],
) -> Result<Vec<String>> {
    let failed = |error: postgres::Error| failure(&error);
    let row = transaction.query_one("select current_schema()::text", &[]).map_err(failed)?;
    let found = objects(transaction, row.try_get(0).map_err(failed)?)?;
    transaction
        .batch_execute(&format!("create schema {BESIDE}; set local search_path = {BESIDE}"))
        .map_err(failed)?;
    let dialect = Dialect::Postgres { partitions };
    for step in migrations.iter().flat_map(|migration| migration.steps) {
        migrate::run(transaction, &at_once(*step), dialect).map_err(Error::Statement)?;
    }
    Ok(differences(&objects(transaction, BESIDE)?, &found))
}

/// An index of a transaction is not built concurrently.
fn at_once(step: Step) -> Step {
    match step {
        Step::Index(index) => Step::Index(Index { concurrently: false, ..index }),
        step => step,
    }
}

fn objects(transaction: &mut Transaction<'_>, schema: &str) -> Result<BTreeMap<String, String>> {
    let rows = transaction.query(OBJECTS, &[&schema]).map_err(|error| failure(&error))?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect::<std::result::Result<_, postgres::Error>>()
        .map_err(|error| failure(&error))
}
