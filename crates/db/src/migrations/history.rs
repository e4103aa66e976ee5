//! Which migrations a database has, against which the program knows.

use super::Migration;
use crate::OpenError;

/// The migrations that a database has: number and name, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct History(pub(crate) Vec<(i64, String)>);

impl History {
    /// Reads it.
    pub(crate) const SELECT: &str = "select version, name from schema_migration order by version";
    /// Adds to it: number, name, instant.
    pub(crate) const INSERT: &str =
        "insert into schema_migration (version, name, applied_at) values ($1, $2, $3)";

    /// The migrations that are still to run. A newer or another history is refused.
    pub(crate) fn missing<'m>(&self, known: &'m [Migration]) -> Result<&'m [Migration], OpenError> {
        let found = self.0.last().map_or(-1, |(number, _)| *number);
        let newest = known.last().map_or(-1, |migration| migration.number);
        if found > newest {
            return Err(OpenError::Newer { found, known: newest });
        }
        for (migration, (number, name)) in known.iter().zip(&self.0) {
            if (migration.number, migration.name) != (*number, name.as_str()) {
                return Err(OpenError::OtherHistory {
                    number: *number,
                    found: name.clone(),
                    known: migration.name.to_owned(),
                });
            }
        }
        Ok(&known[self.0.len()..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Migration] = &[
        Migration { number: 0, name: "store", steps: &[] },
        Migration { number: 1, name: "frame", steps: &[] },
    ];

    fn history(names: &[(i64, &str)]) -> History {
        History(names.iter().map(|(number, name)| (*number, (*name).to_owned())).collect())
    }

    #[test]
    fn what_is_not_there_is_missing() {
        let missing = |names: &[(i64, &str)]| history(names).missing(KNOWN).map(<[_]>::len);
        assert_eq!(missing(&[]), Ok(2));
        assert_eq!(missing(&[(0, "store")]), Ok(1));
        assert_eq!(missing(&[(0, "store"), (1, "frame")]), Ok(0));
    }

    #[test]
    fn a_newer_history_is_refused() {
        let refused = history(&[(0, "store"), (1, "frame"), (2, "menus")]).missing(KNOWN);
        assert_eq!(refused.unwrap_err(), OpenError::Newer { found: 2, known: 1 });
    }

    #[test]
    fn another_history_is_refused() {
        let refused = history(&[(0, "store"), (1, "menus")]).missing(KNOWN);
        assert!(matches!(refused, Err(OpenError::OtherHistory { number: 1, .. })));
    }
}
