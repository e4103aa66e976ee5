//! From a row of either engine to Rust: by position, and a wrong number of columns is an error.

use crate::{Error, Result};
use rusqlite::types::ValueRef;

/// One row of an answer, still in the engine's hands.
pub struct Row<'a>(Source<'a>);

enum Source<'a> {
    Sqlite { row: &'a rusqlite::Row<'a>, columns: usize },
    Postgres(&'a postgres::Row),
}

impl<'a> Row<'a> {
    pub(crate) fn sqlite(row: &'a rusqlite::Row<'a>, columns: usize) -> Row<'a> {
        Row(Source::Sqlite { row, columns })
    }

    pub(crate) fn postgres(row: &'a postgres::Row) -> Row<'a> {
        Row(Source::Postgres(row))
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        match self.0 {
            Source::Sqlite { columns, .. } => columns,
            Source::Postgres(row) => row.len(),
        }
    }

    fn check_columns(&self, expected: usize) -> Result<()> {
        let found = self.columns();
        if found == expected {
            return Ok(());
        }
        Err(Error::Row(format!("{found} columns where {expected} were expected")))
    }
}

/// The five column types, each read from either engine; `None` is `null`.
macro_rules! reads {
    ($($name:ident -> $kind:ty, $what:literal, { $($pattern:pat => $value:expr),* };)*) => {$(
        impl Row<'_> {
            #[doc = concat!("The column as ", $what, "; `None` if it is null.")]
            pub fn $name(&self, column: usize) -> Result<Option<$kind>> {
                match self.0 {
                    Source::Sqlite { row, .. } => match row.get_ref(column) {
                        Ok(ValueRef::Null) => Ok(None),
                        $(Ok($pattern) => $value.map(Some).ok_or_else(|| mismatch(column, $what)),)*
                        _ => Err(mismatch(column, $what)),
                    },
                    Source::Postgres(row) => crate::postgresql::$name(row, column)
                        .map_err(|_| mismatch(column, $what)),
                }
            }
        }
    )*};
}

reads! {
    int -> i64, "an integer", { ValueRef::Integer(value) => Some(value) };
    text -> String, "a text", {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok().map(str::to_owned)
    };
    boolean -> bool, "a truth value", {
        ValueRef::Integer(0) => Some(false),
        ValueRef::Integer(1) => Some(true)
    };
    float -> f64, "a number", { ValueRef::Real(value) => Some(value) };
    blob -> Vec<u8>, "bytes", { ValueRef::Blob(bytes) => Some(bytes.to_vec()) };
}

fn mismatch(column: usize, expected: &str) -> Error {
    Error::Row(format!("column {column} is not {expected}"))
}

/// A type that one column holds.
pub trait FromColumn: Sized {
    /// Reads the column at this position, counted from 0; a null is an error.
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self>;

    /// Reads the column at this position, counted from 0; a null is `None`.
    fn from_nullable(row: &Row<'_>, column: usize) -> Result<Option<Self>> {
        if row.is_null(column)? { Ok(None) } else { Self::from_column(row, column).map(Some) }
    }
}

impl Row<'_> {
    /// Whether the column is null.
    pub fn is_null(&self, column: usize) -> Result<bool> {
        match self.0 {
            Source::Sqlite { row, .. } => match row.get_ref(column) {
                Ok(value) => Ok(value == ValueRef::Null),
                Err(_) => Err(mismatch(column, "there")),
            },
            Source::Postgres(row) => {
                crate::postgresql::is_null(row, column).map_err(|_| mismatch(column, "there"))
            }
        }
    }
}

macro_rules! columns {
    ($($kind:ty => $read:ident),* $(,)?) => {$(
        impl FromColumn for $kind {
            fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
                row.$read(column)?.ok_or_else(|| Error::Row(format!("column {column} is null")))
            }

            fn from_nullable(row: &Row<'_>, column: usize) -> Result<Option<Self>> {
                row.$read(column)
            }
        }
    )*};
}

columns!(i64 => int, String => text, bool => boolean, f64 => float, Vec<u8> => blob);

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(row: &Row<'_>, column: usize) -> Result<Self> {
        T::from_nullable(row, column)
    }
}

/// A type that one row holds: a column, a tuple of columns, or a struct made by
/// [`row!`](crate::row).
pub trait FromRow: Sized {
    /// Reads the row; a wrong number of columns is an error.
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

impl<T: FromColumn> FromRow for T {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        row.check_columns(1)?;
        T::from_column(row, 0)
    }
}

macro_rules! tuples {
    ($($count:literal: $($part:ident $column:tt),*;)*) => {$(
        impl<$($part: FromColumn),*> FromRow for ($($part,)*) {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                row.check_columns($count)?;
                Ok(($($part::from_column(row, $column)?,)*))
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
    13: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12;
    14: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13;
    15: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14;
    16: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15;
}

/// What [`row!`](crate::row) expands to; not for other use.
#[doc(hidden)]
pub fn expect_columns(row: &Row<'_>, expected: usize) -> Result<()> {
    row.check_columns(expected)
}

/// Declares a struct whose fields are the columns of a row, in this order.
///
/// ```
/// db::row! {
///     /// A tag of an account.
///     #[derive(Debug, Clone)]
///     pub struct Tag { pub id: i64, pub name: String }
/// }
/// ```
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_visibility:vis $field:ident : $kind:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $visibility struct $name {
            $($(#[$field_meta])* $field_visibility $field: $kind,)*
        }
        impl $crate::FromRow for $name {
            fn from_row(row: &$crate::Row<'_>) -> $crate::Result<Self> {
                let fields: &[&str] = &[$(stringify!($field)),*];
                $crate::expect_columns(row, fields.len())?;
                let mut columns = 0..fields.len();
                // A struct literal evaluates its fields in the order in which they stand.
                Ok(Self { $($field: {
                    let column = columns.next().unwrap_or_default();
                    <$kind as $crate::FromColumn>::from_column(row, column)?
                },)* })
            }
        }
    };
}

/// Declares an id: a newtype over `i64` that binds, reads, prints, orders and hashes as its number.
///
/// ```
/// db::id! {
///     /// An account.
///     pub struct AccountId;
/// }
/// assert_eq!(AccountId(7).to_string(), "7");
/// ```
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(pub i64);
        impl ::std::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                $name(number)
            }
        }
        impl ::std::convert::From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }
        impl ::std::convert::From<$name> for $crate::Value {
            fn from(id: $name) -> $crate::Value {
                $crate::Value::Int(id.0)
            }
        }
        impl $crate::Typed for $name {
            const TYPE: $crate::Type = $crate::Type::Int;
        }
        impl $crate::FromColumn for $name {
            fn from_column(row: &$crate::Row<'_>, column: usize) -> $crate::Result<Self> {
                <i64 as $crate::FromColumn>::from_column(row, column).map($name)
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, out)
            }
        }
    };
}
