//! Statements on one connection to PostgreSQL: prepared once with the types of their values.

use super::failure::{Trouble, failure, trouble};
use super::plans::{Fault, Plans};
use super::values::{Bound, kind};
use crate::call::Access;
use crate::session::{Form, Session};
use crate::statement::{examine, repeat_values};
use crate::{Error, Result, Row, Type, Value};
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Statement};
use std::collections::HashMap;
use std::sync::Arc;

/// Rows in one insert: few sizes, so that few statements are prepared.
const CHUNKS: [usize; 4] = [256, 32, 4, 1];
/// Values in one statement: the protocol counts them in 16 bits.
const MOST_VALUES: usize = 65_535;

pub(super) struct PgSession {
    client: Client,
    statements: HashMap<Key, Prepared>,
    plans: Option<Arc<Plans>>,
    /// What the running transaction may do.
    access: Access,
    begun: bool,
    trouble: Option<Trouble>,
}

/// A text of the program, known by its place, in one of its variants.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key(usize, usize, Variant);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Variant {
    Form(Form),
    Rows(usize),
}

struct Prepared {
    statement: Statement,
    writes: bool,
    types: Vec<Type>,
}

impl PgSession {
    pub(super) fn new(client: Client, plans: Option<Arc<Plans>>) -> PgSession {
        let (statements, access) = (HashMap::new(), Access::Read);
        PgSession { client, statements, plans, access, begun: false, trouble: None }
    }

    /// Makes ready for a transaction; it begins at the server with its first statement.
    pub(super) fn start(&mut self, access: Access) {
        self.access = access;
        self.trouble = None;
    }

    /// What went wrong in the transaction that is the worker's affair.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    pub(super) fn commit(&mut self) -> Result<()> {
        if std::mem::take(&mut self.begun) { self.batch_raw("commit") } else { Ok(()) }
    }

    pub(super) fn roll_back(&mut self) -> Result<()> {
        if std::mem::take(&mut self.begun) { self.batch_raw("rollback") } else { Ok(()) }
    }

    /// Forgets what was prepared, after the tables changed.
    pub(super) fn forget_statements(&mut self) {
        self.statements.clear();
    }

    /// Leases a block of numbers, in a transaction of its own.
    pub(super) fn lease(&mut self, sql: &str, counter: &str, block: i64) -> Result<i64> {
        let types = [kind(Type::Text), kind(Type::Int)];
        let row = self
            .client
            .prepare_typed(sql, &types)
            .and_then(|statement| self.client.query_one(&statement, &[&counter, &block]))
            .map_err(|error| self.failed(&error))?;
        row.try_get(0).map_err(|error| failure(&error))
    }

    /// Reads need no transaction: at read committed each statement has a view of its own anyway.
    fn begin(&mut self) -> Result<()> {
        if self.begun || self.access == Access::Read {
            return Ok(());
        }
        self.batch_raw("begin")?;
        self.begun = true;
        Ok(())
    }

    fn batch_raw(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(|error| self.failed(&error))
    }

    fn failed(&mut self, error: &postgres::Error) -> Error {
        self.trouble = self.trouble.or(trouble(error));
        failure(error)
    }

    /// Runs a statement to its end; answers the rows touched.
    fn run(
        &mut self,
        sql: &'static str,
        variant: Variant,
        params: &[&Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<u64> {
        params.iter().try_for_each(|value| value.check())?;
        let statement = self.prepared(sql, variant, params)?;
        self.begin()?;
        self.check_plan(sql, params)?;
        self.stream(&statement, params, each)
    }

    fn check_plan(&mut self, sql: &'static str, params: &[&Value]) -> Result<()> {
        let Some(plans) = self.plans.clone() else { return Ok(()) };
        plans.check(&mut self.client, sql, params).map_err(|fault| match fault {
            Fault::Rule(error) => error,
            Fault::Engine(error) => self.failed(&error),
        })
    }

    fn prepared(
        &mut self,
        sql: &'static str,
        variant: Variant,
        params: &[&Value],
    ) -> Result<Statement> {
        let types = || params.iter().map(|value| value.kind());
        let key = Key(sql.as_ptr() as usize, sql.len(), variant);
        if let Some(known) = self.statements.get(&key).filter(|known| known.fits(types())) {
            return known.usable(self.access);
        }
        let types: Vec<Type> = types().collect();
        let facts = examine(sql)?;
        facts.check(types.len() / variant.rows())?;
        let native: Vec<_> = types.iter().copied().map(kind).collect();
        let text = variant.text(sql)?;
        let statement =
            self.client.prepare_typed(&text, &native).map_err(|error| self.failed(&error))?;
        let prepared = Prepared { statement, writes: facts.writes, types };
        let usable = prepared.usable(self.access);
        self.statements.insert(key, prepared);
        usable
    }

    fn stream(
        &mut self,
        statement: &Statement,
        params: &[&Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<u64> {
        let values = params.iter().map(|value| Bound(value));
        let streamed = self.client.query_raw(statement, values).and_then(|mut rows| {
            let mut taken = Ok(());
            while let Some(row) = rows.next()? {
                // The answer is read to its end, so that the connection is free for the next.
                taken = taken.and_then(|()| each(&Row::postgres(&row)));
            }
            Ok((taken, rows.rows_affected().unwrap_or(0)))
        });
        let (taken, touched) = streamed.map_err(|error| self.failed(&error))?;
        taken.map(|()| touched)
    }
}

impl Variant {
    /// The rows that one run inserts.
    fn rows(self) -> usize {
        match self {
            Variant::Form(_) => 1,
            Variant::Rows(rows) => rows,
        }
    }

    fn text(self, sql: &str) -> Result<String> {
        match self {
            Variant::Form(Form::Plain) => Ok(sql.to_owned()),
            Variant::Form(Form::Locking) => Ok(format!("{sql} for update")),
            Variant::Rows(rows) => repeat_values(sql, rows),
        }
    }
}

impl Prepared {
    fn fits(&self, types: impl Iterator<Item = Type>) -> bool {
        types.eq(self.types.iter().copied())
    }

    fn usable(&self, access: Access) -> Result<Statement> {
        match (self.writes, access) {
            (true, Access::Read) => Err(Error::ReadOnly),
            _ => Ok(self.statement.clone()),
        }
    }
}

impl Session for PgSession {
    fn execute(&mut self, sql: &'static str, params: &[Value]) -> Result<u64> {
        let params: Vec<&Value> = params.iter().collect();
        self.run(sql, Variant::Form(Form::Plain), &params, &mut |_| Ok(()))
    }

    fn query(
        &mut self,
        form: Form,
        sql: &'static str,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let params: Vec<&Value> = params.iter().collect();
        self.run(sql, Variant::Form(form), &params, each).map(drop)
    }

    fn insert_many(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<u64> {
        let width = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != width) {
            return Err(Error::Rule(format!("rows of different length: {sql}")));
        }
        // All rows are of one shard, not only those that go out together.
        self.check_plan(sql, &rows.iter().flatten().collect::<Vec<_>>())?;
        let (mut left, mut touched) = (rows, 0);
        for chunk in CHUNKS.into_iter().filter(|chunk| chunk * width <= MOST_VALUES) {
            while left.len() >= chunk {
                let params: Vec<&Value> = left[..chunk].iter().flatten().collect();
                touched += self.run(sql, Variant::Rows(chunk), &params, &mut |_| Ok(()))?;
                left = &left[chunk..];
            }
        }
        Ok(touched)
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.begin()?;
        self.batch_raw(sql)
    }
}
