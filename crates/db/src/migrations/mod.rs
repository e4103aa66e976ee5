//! The tables of the platform, as one numbered list of migrations: additive first, destructive a
//! release later, and never edited after a release.

mod ddl;
mod difference;
mod history;
mod m0000_store;
mod m0001_frame;

pub(crate) use ddl::{Dialect, partition, render};
pub(crate) use difference::differences;
pub(crate) use history::History;

/// All migrations in their order.
pub const ALL: &[Migration] = &[m0000_store::MIGRATION, m0001_frame::MIGRATION];

/// One step in the history of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place in the history: 0, 1, 2 …
    pub number: i64,
    /// Its name, which is also its file's.
    pub name: &'static str,
    /// What it does, statement by statement. A concurrent index stands alone in its migration.
    pub steps: &'static [Step],
}

/// One change of the schema.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// A new table.
    Table {
        /// Its name.
        name: &'static str,
        /// How it is spread over shards.
        by: By,
        /// Columns and named constraints, separated by commas, as in `create table (…)`.
        columns: &'static str,
    },
    /// A new column of a table.
    Column {
        /// The table.
        table: &'static str,
        /// The column, as in `add column …`; a check is added by a later step.
        column: &'static str,
    },
    /// A new index.
    Index(Index),
    /// Any other statement, the same on both engines.
    Sql(&'static str),
}

/// An index of a table.
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// Its name, unique in the database.
    pub name: &'static str,
    /// The table.
    pub table: &'static str,
    /// The columns, separated by commas; of a unique index the first is the table's key.
    pub columns: &'static str,
    /// Whether two rows may not have the same values.
    pub unique: bool,
    /// Which rows it holds, if not all: the condition after `where`.
    pub filter: Option<&'static str>,
    /// Built while the table is in use, on PostgreSQL.
    pub concurrently: bool,
}

/// What a table is spread by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By this column, with which every primary key and unique constraint begins.
    Key(&'static str),
    /// Whole on every node: small, read everywhere, written by operators.
    Reference,
}

/// The declared tables, in the order of their declaration.
pub(crate) fn tables(migrations: &[Migration]) -> impl DoubleEndedIterator<Item = (&str, By)> {
    migrations.iter().flat_map(|migration| migration.steps).filter_map(|step| match step {
        Step::Table { name, by, .. } => Some((*name, *by)),
        _ => None,
    })
}

/// The store's own tables, which a reset of the world leaves alone.
pub(crate) const OWN_TABLES: &[&str] = &["schema_migration", "counter", "clock"];
