//! A transaction as the domain sees it: statements, the instant, chance, numbers and wakes.

use crate::call::Access;
use crate::counters::{Counters, Wanted};
use crate::session::{Form, Session};
use crate::{Error, FromRow, Result, Row, Timestamp, Value};
use std::ops::Range;

/// "Look now": tells whoever does the work of a topic that there is some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Wake {
    /// What kind of work.
    pub topic: &'static str,
    /// Whose work: the shard key.
    pub key: i64,
    /// What it is about, where the topic says so: another root.
    pub about: i64,
    /// A number, where the topic says so. Both only save a look-up; the truth is in the rows.
    pub number: i64,
}

/// A running transaction. After a failed statement it refuses every later one, on both engines.
pub struct Tx<'a> {
    pub(crate) session: &'a mut dyn Session,
    pub(crate) counters: &'a Counters,
    /// The wakes of the whole group; a closure that rolls back takes its own away again.
    pub(crate) wakes: &'a mut Vec<Wake>,
    pub(crate) access: Access,
    pub(crate) now: Timestamp,
    pub(crate) state: State,
}

/// How far a transaction came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    /// A statement failed.
    Failed,
    /// It needs numbers that the node does not hold; the engine leases them and runs it again.
    Wants(Wanted),
}

impl Tx<'_> {
    /// Runs a statement; answers the number of rows it touched.
    pub fn execute(&mut self, sql: &'static str, params: &[Value]) -> Result<u64> {
        self.attempt(|session| session.execute(sql, params))
    }

    /// The one row of the answer; [`Error::NoRow`] if there is none, which, unlike a failed
    /// statement, does not end the transaction.
    pub fn one<T: FromRow>(&mut self, sql: &'static str, params: &[Value]) -> Result<T> {
        self.optional(sql, params)?.ok_or(Error::NoRow)
    }

    /// The one row of the answer, if there is one.
    pub fn optional<T: FromRow>(
        &mut self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Option<T>> {
        self.at_most_one(Form::Plain, sql, params)
    }

    /// All rows of the answer. The statement has a `limit`, for nothing reads a whole table.
    pub fn list<T: FromRow>(&mut self, sql: &'static str, params: &[Value]) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.attempt(|session| {
            session.query(Form::Plain, sql, params, &mut |row| {
                found.push(T::from_row(row)?);
                Ok(())
            })
        })?;
        Ok(found)
    }

    /// The one row of a `select`, held until the transaction ends, so that no other changes it.
    pub fn lock<T: FromRow>(&mut self, sql: &'static str, params: &[Value]) -> Result<Option<T>> {
        if self.access == Access::Read {
            return self.attempt(|_| Err(Error::ReadOnly));
        }
        self.at_most_one(Form::Locking, sql, params)
    }

    /// Runs one `insert … values (…)` for many rows of one shard key; answers the rows touched.
    pub fn insert_many(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<u64> {
        self.attempt(|session| session.insert_many(sql, rows))
    }

    /// The instant of the transaction by the platform's clock.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Random bytes, fit for secrets.
    pub fn random<const N: usize>(&mut self) -> [u8; N] {
        crate::chance::bytes()
    }

    /// The next number of a counter: given once, growing on each node, from 1. A number whose
    /// transaction rolls back is never given again.
    pub fn number(&mut self, counter: &'static str) -> Result<i64> {
        self.numbers(counter, 1).map(|numbers| numbers.start)
    }

    /// The next consecutive numbers of a counter.
    pub fn numbers(&mut self, counter: &'static str, count: u32) -> Result<Range<i64>> {
        if self.access == Access::Read {
            return self.attempt(|_| Err(Error::ReadOnly));
        }
        if self.state != State::Open {
            return Err(Error::Aborted);
        }
        let wanted = Wanted { counter, count };
        self.counters.take(wanted).ok_or_else(|| {
            self.state = State::Wants(wanted);
            Error::Aborted
        })
    }

    /// Says after the commit that there is work; forgotten if the transaction rolls back, and in
    /// a read, which leaves nothing to look at.
    pub fn wake(&mut self, wake: Wake) {
        self.wakes.push(wake);
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.attempt(|session| session.batch(sql))
    }

    fn at_most_one<T: FromRow>(
        &mut self,
        form: Form,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Option<T>> {
        let mut found = None;
        let mut take = |row: &Row<'_>| match found.replace(T::from_row(row)?) {
            None => Ok(()),
            Some(_) => Err(Error::SeveralRows),
        };
        self.attempt(|session| session.query(form, sql, params, &mut take))?;
        Ok(found)
    }

    fn attempt<R>(&mut self, statement: impl FnOnce(&mut dyn Session) -> Result<R>) -> Result<R> {
        if self.state != State::Open {
            return Err(Error::Aborted);
        }
        let answer = statement(&mut *self.session);
        if answer.is_err() {
            self.state = State::Failed;
        }
        answer
    }
}
