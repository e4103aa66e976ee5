//! The fields of a push in their order, before they become XML or JSON.

use std::fmt::Display;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// CDATA in XML, a string in JSON.
    Text(String),
    /// Bare in both.
    Number(String),
}

pub(super) fn text(name: &'static str, value: impl Into<String>) -> Field {
    Field { name, value: Value::Text(value.into()) }
}

pub(super) fn number(name: &'static str, value: impl Display) -> Field {
    Field { name, value: Value::Number(value.to_string()) }
}

/// Degrees and metres have six decimals on the wire.
pub(super) fn decimal(name: &'static str, value: f64) -> Field {
    number(name, format_args!("{value:.6}"))
}
