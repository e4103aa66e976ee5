//! From a declared step to the statements of an engine.

use super::{By, Index, Step};

/// Whose statements are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres {
        /// Partitions of each table by its key; none for one table each.
        partitions: Option<u32>,
    },
}

/// What cannot be rendered: a column without a type that both engines have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the column “{0}” has no type of ours: bigint, text, boolean, double precision, bytea")]
pub(crate) struct UnknownType(String);

/// The statements of a step, to be sent one by one.
pub(crate) fn render(step: &Step, dialect: Dialect) -> Result<Vec<String>, UnknownType> {
    match *step {
        Step::Table { name, by, columns } => table(name, by, columns, dialect),
        Step::Column { table, column } => {
            let column = definition(column, dialect)?;
            Ok(vec![format!("alter table {table} add column {column}")])
        }
        Step::Index(ref index) => Ok(vec![render_index(index, dialect)]),
        Step::Sql(text) => Ok(vec![text.to_owned()]),
    }
}

fn render_index(index: &Index, dialect: Dialect) -> String {
    let Index { name, table, columns, .. } = index;
    let unique = if index.unique { "unique " } else { "" };
    let concurrently = match dialect {
        Dialect::Postgres { partitions: None } if index.concurrently => "concurrently ",
        _ => "",
    };
    let filter = index.filter.map(|filter| format!(" where {filter}")).unwrap_or_default();
    format!("create {unique}index {concurrently}{name} on {table} ({columns}){filter}")
}

fn table(name: &str, by: By, columns: &str, dialect: Dialect) -> Result<Vec<String>, UnknownType> {
    let columns = split(columns)
        .into_iter()
        .map(|part| definition(part, dialect))
        .collect::<Result<Vec<_>, _>>()?
        .join(", ");
    let create = format!("create table {name} ({columns})");
    match (dialect, by) {
        (Dialect::Sqlite, _) => Ok(vec![format!("{create} strict, without rowid")]),
        (Dialect::Postgres { partitions: Some(modulus) }, By::Key(key)) => {
            let parts = (0..modulus).map(|remainder| {
                format!(
                    "create table {} partition of {name} \
                     for values with (modulus {modulus}, remainder {remainder})",
                    partition(name, remainder)
                )
            });
            let whole = format!("{create} partition by hash ({key})");
            Ok(std::iter::once(whole).chain(parts).collect())
        }
        (Dialect::Postgres { .. }, _) => Ok(vec![create]),
    }
}

/// The name of a table's partition.
pub(crate) fn partition(table: &str, remainder: u32) -> String {
    format!("{table}__{remainder}")
}

/// Splits at the commas outside parentheses and quotes.
fn split(columns: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut start) = (0, false, 0);
    let mut parts = Vec::new();
    for (at, byte) in columns.bytes().enumerate() {
        match byte {
            b'\'' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth -= 1,
            b',' if !quoted && depth == 0 => {
                parts.push(columns[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(columns[start..].trim());
    parts
}

/// How a part begins that is a constraint.
const CONSTRAINTS: [&str; 5] = ["constraint ", "primary ", "unique ", "foreign ", "check "];
/// The types: ours, SQLite's, PostgreSQL's.
const TYPES: [(&str, &str, &str); 5] = [
    ("bigint", "integer", "bigint"),
    ("text", "text", "text collate \"C\""),
    ("boolean", "integer", "boolean"),
    ("double precision", "real", "double precision"),
    ("bytea", "blob", "bytea"),
];

/// A column with the engine's type, or a constraint as it stands.
fn definition(part: &str, dialect: Dialect) -> Result<String, UnknownType> {
    if CONSTRAINTS.iter().any(|word| part.starts_with(word)) {
        return Ok(part.to_owned());
    }
    let unknown = || UnknownType(part.to_owned());
    let (name, rest) = part.split_once(char::is_whitespace).ok_or_else(unknown)?;
    let rest = rest.trim_start();
    for (ours, sqlite, postgres) in TYPES {
        if let Some(after) = rest.strip_prefix(ours).filter(|after| ends_word(after)) {
            let kind = if dialect == Dialect::Sqlite { sqlite } else { postgres };
            return Ok(format!("{name} {kind}{after}"));
        }
    }
    Err(unknown())
}

fn ends_word(after: &str) -> bool {
    after.is_empty() || after.starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Step = Step::Table {
        name: "tag",
        by: By::Key("account_id"),
        columns: "account_id bigint not null, text text not null default 'a,(b', hot boolean,
            share double precision, icon bytea,
            constraint tag_pk primary key (account_id, text)",
    };
    const SPLIT: Dialect = Dialect::Postgres { partitions: Some(2) };
    const WHOLE: Dialect = Dialect::Postgres { partitions: None };

    #[test]
    fn sqlite_gets_strict_types_and_no_rowid() {
        let expected = "create table tag (account_id integer not null, \
             text text not null default 'a,(b', hot integer, share real, icon blob, \
             constraint tag_pk primary key (account_id, text)) strict, without rowid";
        assert_eq!(render(&TABLE, Dialect::Sqlite), Ok(vec![expected.to_owned()]));
    }

    #[test]
    fn postgres_compares_text_by_bytes_and_partitions_by_the_key() {
        let statements = render(&TABLE, SPLIT).unwrap();
        assert_eq!(statements.len(), 3);
        assert!(statements[0].contains("text text collate \"C\" not null default 'a,(b'"));
        assert!(statements[0].ends_with(") partition by hash (account_id)"));
        let second = "create table tag__1 partition of tag \
             for values with (modulus 2, remainder 1)";
        assert_eq!(statements[2], second);
        assert_eq!(render(&TABLE, WHOLE).unwrap().len(), 1);
    }

    #[test]
    fn a_reference_table_is_whole() {
        let step = Step::Table { name: "a", by: By::Reference, columns: "id bigint" };
        assert_eq!(render(&step, SPLIT), Ok(vec!["create table a (id bigint)".to_owned()]));
    }

    #[test]
    fn only_a_whole_postgres_builds_an_index_concurrently() {
        let step = Step::Index(Index {
            name: "i",
            table: "t",
            columns: "a, b",
            unique: true,
            filter: Some("b > 0"),
            concurrently: true,
        });
        let text = |dialect| render(&step, dialect).unwrap().remove(0);
        assert_eq!(text(WHOLE), "create unique index concurrently i on t (a, b) where b > 0");
        assert_eq!(text(SPLIT), "create unique index i on t (a, b) where b > 0");
        assert_eq!(text(Dialect::Sqlite), "create unique index i on t (a, b) where b > 0");
    }

    #[test]
    fn a_type_of_one_engine_only_is_refused() {
        for column in ["at timestamp", "n int", "id", "name texts"] {
            let step = Step::Column { table: "t", column };
            assert!(render(&step, Dialect::Sqlite).is_err(), "{column}");
        }
    }
}
