//! Layers of keys, each over the ones before it. The defaults say which keys there are.

use anyhow::bail;
use toml::{Table, Value};

const DEFAULTS: &str = include_str!("../../config.default.toml");

/// Keys and values, section by section.
pub(super) struct Layers(Table);

impl Layers {
    /// The first layer.
    pub(super) fn defaults() -> Self {
        Self(DEFAULTS.parse().expect("the defaults are TOML"))
    }

    /// Adds what a file says.
    pub(super) fn add_file(&mut self, text: &str) -> anyhow::Result<()> {
        let file: Table = text.parse().map_err(|error| syntax_error(text, &error))?;
        for (section, value) in file {
            let Value::Table(keys) = value else { return Err(self.unknown(&section)) };
            for (key, value) in keys {
                if self.find(&section, &key).is_none() {
                    return Err(self.unknown(&format!("{section}.{key}")));
                }
                self.set(&section, &key, value);
            }
        }
        Ok(())
    }

    /// The present value of a key, if there is such a key.
    pub(super) fn find(&self, section: &str, key: &str) -> Option<&Value> {
        self.0.get(section)?.get(key)
    }

    /// Sets a key that is known.
    pub(super) fn set(&mut self, section: &str, key: &str, value: Value) {
        let section = self.0.get_mut(section).and_then(Value::as_table_mut);
        section.expect("the section is known").insert(key.to_owned(), value);
    }

    /// All keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(section, keys)| {
            let keys = keys.as_table().into_iter().flat_map(Table::keys);
            keys.map(move |key| (section.as_str(), key.as_str()))
        })
    }

    pub(super) fn into_table(self) -> Table {
        self.0
    }

    fn unknown(&self, name: &str) -> anyhow::Error {
        let known = self.keys().map(|(section, key)| format!("{section}.{key}"));
        let nearest = nearest(name, known);
        anyhow::anyhow!("unknown key {name}; did you mean {nearest}?")
    }
}

/// The known name that is most like `name`; of equals the first.
pub(super) fn nearest(name: &str, known: impl Iterator<Item = String>) -> String {
    let likeness = |known: &str| match known.rsplit_once(['.']) {
        // A key whose section was left out is as good as the key.
        Some((_, key)) if key == name => 1.0,
        _ => strsim::normalized_damerau_levenshtein(name, known),
    };
    let mut best = (f64::MIN, String::new());
    for known in known {
        let likeness = likeness(&known);
        if likeness > best.0 {
            best = (likeness, known);
        }
    }
    best.1
}

fn syntax_error(text: &str, error: &toml::de::Error) -> anyhow::Error {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).unwrap_or(text).matches('\n').count() + 1;
    anyhow::anyhow!("line {line}: {}", super::one_line(error))
}

/// The value of a text, in the kind that the key has.
pub(super) fn parse_like(example: &Value, text: &str) -> anyhow::Result<Value> {
    Ok(match example {
        Value::Integer(_) => match text.parse() {
            Ok(number) => Value::Integer(number),
            Err(_) => bail!("is not a whole number"),
        },
        Value::Boolean(_) => match text.parse() {
            Ok(truth) => Value::Boolean(truth),
            Err(_) => bail!("is neither true nor false"),
        },
        Value::Array(_) => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            Value::Array(parts.map(Value::from).collect())
        }
        _ => Value::from(text),
    })
}
