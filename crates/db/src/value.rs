//! The values that a statement binds: five types, the same on both engines.

use crate::Timestamp;

/// The type of a column or a bound value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// `bigint`.
    Int,
    /// `text`.
    Text,
    /// `boolean`.
    Bool,
    /// `double precision`.
    Float,
    /// `bytea`.
    Blob,
}

/// A bound value. An absent one still has a type, which PostgreSQL needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null` of a type.
    Null(Type),
    /// `bigint`.
    Int(i64),
    /// `text`.
    Text(String),
    /// `boolean`.
    Bool(bool),
    /// `double precision`.
    Float(f64),
    /// `bytea`.
    Blob(Vec<u8>),
}

impl Value {
    /// The type of the value, present or not.
    pub fn kind(&self) -> Type {
        match self {
            Value::Null(kind) => *kind,
            Value::Int(_) => Type::Int,
            Value::Text(_) => Type::Text,
            Value::Bool(_) => Type::Bool,
            Value::Float(_) => Type::Float,
            Value::Blob(_) => Type::Blob,
        }
    }

    /// Refuses what one of the engines would store differently or not at all.
    pub(crate) fn check(&self) -> crate::Result<()> {
        match self {
            Value::Text(text) if text.contains('\0') => {
                Err(crate::Error::Value("U+0000 in a text"))
            }
            Value::Float(number) if number.is_nan() => Err(crate::Error::Value("not a number")),
            _ => Ok(()),
        }
    }
}

/// A Rust type that binds as one column type, so that its `None` has a type too.
pub trait Typed: Into<Value> {
    /// The column type.
    const TYPE: Type;
}

macro_rules! binds {
    ($($from:ty => $kind:ident, $value:ident => $into:expr;)*) => {$(
        impl Typed for $from {
            const TYPE: Type = Type::$kind;
        }
        impl From<$from> for Value {
            fn from($value: $from) -> Value {
                Value::$kind($into)
            }
        }
    )*};
}

binds! {
    i64 => Int, value => value;
    Timestamp => Int, value => value.0;
    bool => Bool, value => value;
    f64 => Float, value => value;
    String => Text, value => value;
    &str => Text, value => value.to_owned();
    Vec<u8> => Blob, value => value;
    &[u8] => Blob, value => value.to_owned();
}

impl<T: Typed + Clone> From<&T> for Value {
    fn from(value: &T) -> Value {
        value.clone().into()
    }
}

impl<T: Typed> Typed for Option<T> {
    const TYPE: Type = T::TYPE;
}

impl<T: Typed> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null(T::TYPE), Into::into)
    }
}

/// The values of a statement, in the order of their numbers: `params![account, name]` is `$1, $2`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Value::from($value)),*]
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_values_keep_their_type() {
        assert_eq!(Value::from(None::<i64>), Value::Null(Type::Int));
        assert_eq!(Value::from(None::<&str>), Value::Null(Type::Text));
        assert_eq!(Value::from(&Some("tea".to_owned())), Value::Text("tea".into()));
        assert_eq!(Value::Null(Type::Blob).kind(), Type::Blob);
    }

    #[test]
    fn what_one_engine_cannot_keep_is_refused() {
        assert!(Value::from("a\0b").check().is_err());
        assert!(Value::from(f64::NAN).check().is_err());
        assert!(Value::from(f64::INFINITY).check().is_ok());
        assert!(Value::from(&b"\0"[..]).check().is_ok());
    }
}
