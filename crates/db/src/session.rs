//! What a transaction needs of an engine's connection.

use crate::{Result, Row, Value};

/// How a statement's text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// As it stands.
    Plain,
    /// The rows are to be held until the end of the transaction.
    Locking,
}

/// One connection inside a transaction.
pub(crate) trait Session {
    /// Runs a statement; answers the rows touched.
    fn execute(&mut self, sql: &'static str, params: &[Value]) -> Result<u64>;

    /// Runs a statement and hands each row of the answer to `each`; an error of `each` ends it.
    fn query(
        &mut self,
        form: Form,
        sql: &'static str,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()>;

    /// Runs an insert once for each row of values; answers the rows touched.
    fn insert_many(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<u64>;

    /// Runs a text of the store's own: neither cached nor checked.
    fn batch(&mut self, sql: &str) -> Result<()>;
}
