//! Values on their way to PostgreSQL and back.

use crate::{Type, Value};
use postgres::Row;
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type as PgType, to_sql_checked};
use std::error::Error as StdError;

/// The type as which a value is prepared.
pub(super) fn kind(kind: Type) -> PgType {
    match kind {
        Type::Int => PgType::INT8,
        Type::Text => PgType::TEXT,
        Type::Bool => PgType::BOOL,
        Type::Float => PgType::FLOAT8,
        Type::Blob => PgType::BYTEA,
    }
}

/// A value as PostgreSQL takes it. The statement was prepared with the value's own type.
#[derive(Debug)]
pub(super) struct Bound<'a>(pub(super) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(
        &self,
        kind: &PgType,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self.0 {
            Value::Null(_) => Ok(IsNull::Yes),
            Value::Int(value) => value.to_sql(kind, out),
            Value::Text(value) => value.to_sql(kind, out),
            Value::Bool(value) => value.to_sql(kind, out),
            Value::Float(value) => value.to_sql(kind, out),
            Value::Blob(value) => value.to_sql(kind, out),
        }
    }

    fn accepts(_: &PgType) -> bool {
        true
    }

    to_sql_checked!();
}

type Read<T> = Result<Option<T>, postgres::Error>;

/// An integer of any width: a literal in a statement is narrower than a column.
struct Integer(i64);

impl<'a> FromSql<'a> for Integer {
    fn from_sql(kind: &PgType, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        match *kind {
            PgType::INT2 => i16::from_sql(kind, raw).map(|value| Integer(value.into())),
            PgType::INT4 => i32::from_sql(kind, raw).map(|value| Integer(value.into())),
            _ => i64::from_sql(kind, raw).map(Integer),
        }
    }

    fn accepts(kind: &PgType) -> bool {
        matches!(*kind, PgType::INT2 | PgType::INT4 | PgType::INT8)
    }
}

/// Accepts any type, and looks at no more than whether a value is there.
struct Anything;

impl<'a> FromSql<'a> for Anything {
    fn from_sql(_: &PgType, _: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Anything)
    }

    fn accepts(_: &PgType) -> bool {
        true
    }
}

pub(crate) fn is_null(row: &Row, column: usize) -> Result<bool, postgres::Error> {
    row.try_get::<_, Option<Anything>>(column).map(|value| value.is_none())
}

pub(crate) fn int(row: &Row, column: usize) -> Read<i64> {
    row.try_get::<_, Option<Integer>>(column).map(|value| value.map(|integer| integer.0))
}

pub(crate) fn text(row: &Row, column: usize) -> Read<String> {
    row.try_get(column)
}

pub(crate) fn boolean(row: &Row, column: usize) -> Read<bool> {
    row.try_get(column)
}

pub(crate) fn float(row: &Row, column: usize) -> Read<f64> {
    row.try_get(column)
}

pub(crate) fn blob(row: &Row, column: usize) -> Read<Vec<u8>> {
    row.try_get(column)
}
