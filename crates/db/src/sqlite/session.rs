//! Statements on one connection to SQLite: prepared once, bound by the number in the name.

use super::failure::failure;
use crate::call::Access;
use crate::session::{Form, Session};
use crate::statement::{Facts, examine};
use crate::{Error, Result, Row, Value};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, PrepFlags, Statement};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) struct SqliteSession<'c> {
    connection: &'c Connection,
    access: Access,
    statements: HashMap<Text, Prepared<'c>>,
    /// Whether something may have been written since the question was last cleared.
    written: bool,
}

/// A text of the program, known by its place: the same place always holds the same text.
#[derive(PartialEq, Eq, Hash)]
struct Text(*const u8, usize);

struct Prepared<'c> {
    statement: Statement<'c>,
    facts: Facts,
    columns: usize,
    /// For each of SQLite's own parameter indexes, the position of our value: SQLite numbers
    /// `$2 … $1` by first appearance.
    positions: Vec<usize>,
}

impl<'c> SqliteSession<'c> {
    pub(super) fn new(connection: &'c Connection, access: Access) -> SqliteSession<'c> {
        SqliteSession { connection, access, statements: HashMap::new(), written: false }
    }

    /// Clears the question whether something was written.
    pub(super) fn forget_writes(&mut self) {
        self.written = false;
    }

    /// Whether a statement since then has changed a row.
    pub(super) fn has_written(&self) -> bool {
        self.written
    }

    /// Runs a statement to its end; answers the rows of its answer and those that it changed.
    fn run(
        &mut self,
        sql: &'static str,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<Ran> {
        let connection = self.connection;
        let prepared = self.prepared(sql)?;
        prepared.bind(params)?;
        let writes = prepared.facts.writes;
        let ran = prepared.run(each);
        // One that fails while its answer is read has changed its rows all the same.
        self.written |= writes && (ran.is_err() || connection.changes() > 0);
        Ok(Ran { answered: ran?, changed: writes.then(|| connection.changes()) })
    }

    fn prepared(&mut self, sql: &'static str) -> Result<&mut Prepared<'c>> {
        match self.statements.entry(Text(sql.as_ptr(), sql.len())) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let prepared = Prepared::new(self.connection, sql)?;
                if prepared.facts.writes && self.access == Access::Read {
                    return Err(Error::ReadOnly);
                }
                Ok(entry.insert(prepared))
            }
        }
    }
}

/// What a statement did.
struct Ran {
    answered: u64,
    /// None of one that only reads.
    changed: Option<u64>,
}

impl<'c> Prepared<'c> {
    fn new(connection: &'c Connection, sql: &str) -> Result<Prepared<'c>> {
        let facts = examine(sql)?;
        let statement = connection
            .prepare_with_flags(sql, PrepFlags::SQLITE_PREPARE_PERSISTENT)
            .map_err(|error| failure(&error))?;
        let columns = statement.column_count();
        let position = |index| {
            let name = statement.parameter_name(index)?.strip_prefix('$')?;
            name.parse::<usize>().ok()?.checked_sub(1)
        };
        let positions = (1..=statement.parameter_count())
            .map(position)
            .collect::<Option<Vec<_>>>()
            .filter(|positions| positions.iter().all(|position| *position < facts.parameters))
            .ok_or_else(|| Error::Rule(format!("parameters are written `$n`: {sql}")))?;
        Ok(Prepared { statement, facts, columns, positions })
    }

    fn bind(&mut self, params: &[Value]) -> Result<()> {
        self.facts.check(params.len())?;
        params.iter().try_for_each(Value::check)?;
        for (index, position) in self.positions.iter().enumerate() {
            self.statement
                .raw_bind_parameter(index + 1, Bound(&params[*position]))
                .map_err(|error| failure(&error))?;
        }
        Ok(())
    }

    /// Runs the bound statement to its end; answers the number of rows.
    fn run(&mut self, each: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<u64> {
        let columns = self.columns;
        let mut rows = self.statement.raw_query();
        let mut count = 0;
        while let Some(row) = rows.next().map_err(|error| failure(&error))? {
            each(&Row::sqlite(row, columns))?;
            count += 1;
        }
        Ok(count)
    }
}

impl Session for SqliteSession<'_> {
    fn execute(&mut self, sql: &'static str, params: &[Value]) -> Result<u64> {
        let ran = self.run(sql, params, &mut |_| Ok(()))?;
        Ok(ran.changed.unwrap_or(ran.answered))
    }

    fn query(
        &mut self,
        // The one writer holds all rows already.
        _: Form,
        sql: &'static str,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.run(sql, params, each).map(drop)
    }

    fn insert_many(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<u64> {
        let mut touched = 0;
        for row in rows {
            touched += self.execute(sql, row)?;
        }
        Ok(touched)
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.written = true;
        self.connection.execute_batch(sql).map_err(|error| failure(&error))
    }
}

/// A value as SQLite takes it.
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null(_) => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Bool(value) => ValueRef::Integer((*value).into()),
            Value::Float(value) => ValueRef::Real(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Blob(value) => ValueRef::Blob(value),
        }))
    }
}
