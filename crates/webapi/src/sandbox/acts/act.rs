//! The body of an act: where, how long to wait, and the act's own fields.

use std::fmt::Display;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// An act towards an account.
pub(super) struct Act<T> {
    pub(super) appid: String,
    pub(super) wait: Wait,
    /// The act's own fields.
    pub(super) what: T,
}

/// When the answer is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Wait {
    /// When the deliveries are settled, or after 20 seconds.
    #[default]
    Settled,
    /// When the act is stored.
    Accepted,
}

/// An act without fields of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plain {}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Act<T> {
    /// Takes out the two fields that all acts have; the rest must be the act's own. (serde's
    /// `flatten` does not refuse unknown fields.)
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(from)?;
        let appid = fields.remove("appid").ok_or_else(|| D::Error::missing_field("appid"))?;
        let wait = fields.remove("wait").map(serde_json::from_value).transpose();
        Ok(Self {
            appid: serde_json::from_value(appid).map_err(|error| named("appid", &error))?,
            wait: wait.map_err(|error| named("wait", &error))?.unwrap_or_default(),
            what: serde_json::from_value(Value::Object(fields)).map_err(D::Error::custom)?,
        })
    }
}

fn named<E: Error>(field: &str, error: &impl Display) -> E {
    E::custom(format!("{field}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Act<Plain>, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn an_act_waits_unless_it_is_told_not_to() {
        let wait = |text| read(text).map(|act| act.wait);
        assert_eq!(wait(r#"{"appid":"wx"}"#), Ok(Wait::Settled));
        assert_eq!(wait(r#"{"wait":"accepted","appid":"wx"}"#), Ok(Wait::Accepted));
        assert!(wait(r#"{"wait":"forever","appid":"wx"}"#).is_err());
        assert!(wait("{}").is_err());
    }

    #[test]
    fn a_field_too_many_is_named_first() {
        let reason = read(r#"{"appid":"wx","wiat":"accepted"}"#).err().expect("no such field");
        assert!(reason.starts_with("unknown field `wiat`"), "{reason}");
    }
}
