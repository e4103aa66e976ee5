//! The partitioned run's check: a statement without a marker touches one shard. Each text is
//! explained once with its bound values; a plan shows the partitions of all that it reads and
//! changes, and of what it inserts nothing, so inserts are checked by the key that they bind.

use super::values::{Bound, kind};
use crate::migrations::{By, Migration, partition, tables};
use crate::statement::{Insert, Item, Lexeme, Source, Span, Token, examine, inserts, lexemes};
use crate::{Error, Value};
use postgres::Client;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::Type as PgType;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// The declared tables, and which statements were checked.
pub(super) struct Plans {
    modulus: u32,
    /// The key column of each table that has one.
    keys: HashMap<String, String>,
    /// The table and the remainder of each partition.
    partitions: HashMap<String, (String, u32)>,
    checked: Mutex<HashSet<(usize, usize)>>,
}

/// Why a statement does not pass.
pub(super) enum Fault {
    /// It breaks a rule.
    Rule(Error),
    /// It could not be explained.
    Engine(postgres::Error),
}

impl From<postgres::Error> for Fault {
    fn from(error: postgres::Error) -> Fault {
        Fault::Engine(error)
    }
}

impl Plans {
    pub(super) fn new(migrations: &[Migration], modulus: u32) -> Plans {
        let mut keys = HashMap::new();
        let mut partitions = HashMap::new();
        for (table, by) in tables(migrations) {
            let By::Key(key) = by else { continue };
            keys.insert(table.to_owned(), key.to_owned());
            for remainder in 0..modulus {
                partitions.insert(partition(table, remainder), (table.to_owned(), remainder));
            }
        }
        Plans { modulus, keys, partitions, checked: Mutex::default() }
    }

    /// Checks a statement with the values of its first run.
    pub(super) fn check(
        &self,
        client: &mut Client,
        sql: &'static str,
        params: &[&Value],
    ) -> Result<(), Fault> {
        let place = (sql.as_ptr() as usize, sql.len());
        let checked = || self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if checked().contains(&place) {
            return Ok(());
        }
        let facts = examine(sql).map_err(Fault::Rule)?;
        if facts.span == Span::One {
            self.check_one(client, sql, params)?;
        }
        checked().insert(place);
        Ok(())
    }

    fn check_one(&self, client: &mut Client, sql: &str, params: &[&Value]) -> Result<(), Fault> {
        let rule = |rule: String| Fault::Rule(Error::Rule(format!("{rule}: {sql}")));
        let lexemes = lexemes(sql);
        self.check_key_stays(&lexemes).map_err(rule)?;
        // An insert of many rows has the values of all of them; its text is that of one row.
        let width = examine(sql).map_err(Fault::Rule)?.parameters.max(1);
        let first = &params[..width.min(params.len())];
        let scanned = self.scanned(client, sql, first)?;
        let mut remainders: BTreeSet<u32> = scanned.iter().map(|(_, number)| *number).collect();
        for insert in inserts(&lexemes) {
            let Some(key) = self.keys.get(insert.table) else { continue };
            for bound in key_values(&insert, key, width, params).map_err(rule)? {
                match bound {
                    Some(value) => remainders.extend(self.remainder(client, &insert, value)?),
                    None => self.check_copied(&scanned, key).map_err(rule)?,
                }
            }
        }
        match remainders.len() {
            0 | 1 => Ok(()),
            count => Err(rule(format!(
                "touches {count} of {} shards without a marker; bind the key by equality",
                self.modulus
            ))),
        }
    }

    /// A row never moves to another shard.
    fn check_key_stays(&self, lexemes: &[Lexeme<'_>]) -> Result<(), String> {
        let mut table = None;
        for words in lexemes.windows(3) {
            match (words[0].token, words[1].token, words[2].token) {
                (Token::Word("update"), Token::Word(name), _) if name != "set" => {
                    table = Some(name);
                }
                (Token::Word("where" | "returning"), ..) => table = None,
                (Token::Word("set") | Token::Sign(','), Token::Word(column), Token::Sign('='))
                    if table
                        .and_then(|name| self.keys.get(name))
                        .is_some_and(|key| key == column) =>
                {
                    return Err(format!("changes the key {column}"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The partitions in the statement's plan: their tables and remainders.
    fn scanned(
        &self,
        client: &mut Client,
        sql: &str,
        params: &[&Value],
    ) -> Result<HashSet<(&str, u32)>, Fault> {
        let types: Vec<PgType> = params.iter().map(|value| kind(value.kind())).collect();
        let explain = client.prepare_typed(&format!("explain (costs off) {sql}"), &types)?;
        let mut rows = client.query_raw(&explain, params.iter().map(|value| Bound(value)))?;
        let mut found = HashSet::new();
        while let Some(row) = rows.next()? {
            let line: String = row.try_get(0)?;
            for lexeme in lexemes(&line) {
                let Token::Word(word) = lexeme.token else { continue };
                if let Some((table, remainder)) = self.partitions.get(word) {
                    found.insert((table.as_str(), *remainder));
                }
            }
        }
        Ok(found)
    }

    /// The remainder of a key, as the engine computes it.
    fn remainder(
        &self,
        client: &mut Client,
        insert: &Insert<'_>,
        key: &Value,
    ) -> Result<Option<u32>, Fault> {
        let sql = format!(
            "select remainder from generate_series(0, {modulus} - 1) as remainder \
             where satisfies_hash_partition('{table}'::regclass, {modulus}, remainder, $1)",
            modulus = self.modulus,
            table = insert.table,
        );
        let statement = client.prepare_typed(&sql, &[kind(key.kind())])?;
        let mut rows = client.query_raw(&statement, [Bound(key)])?;
        let row = rows.next()?;
        let remainder: Option<i32> = row.map(|row| row.try_get(0)).transpose()?;
        Ok(remainder.and_then(|remainder| u32::try_from(remainder).ok()))
    }

    /// A key that is copied from other rows stays in their shard only if it is their key too.
    fn check_copied(&self, scanned: &HashSet<(&str, u32)>, key: &str) -> Result<(), String> {
        let foreign =
            |(table, _): &&(&str, u32)| self.keys.get(*table).is_some_and(|own| own != key);
        match scanned.iter().find(foreign) {
            None => Ok(()),
            Some((table, _)) => Err(format!("copies {key} from {table}, which has another key")),
        }
    }
}

/// The values that an insert binds for the key: one for each row, `None` where it is copied from
/// the rows of a `select`. Of an insert of many rows `width` values belong to each.
fn key_values<'v>(
    insert: &Insert<'_>,
    key: &str,
    width: usize,
    params: &[&'v Value],
) -> Result<Vec<Option<&'v Value>>, String> {
    let place = insert.columns.iter().position(|column| *column == key);
    let place = place.ok_or_else(|| format!("does not name the key {key} of {}", insert.table))?;
    let rows = match &insert.source {
        Source::Values(rows) => rows.iter().map(|row| row.get(place)).collect(),
        Source::Select(items) => vec![items.get(place)],
        Source::Other => Vec::new(),
    };
    let copied = matches!(insert.source, Source::Select(_));
    let mut found = Vec::new();
    for item in rows {
        match item {
            Some(Item::Param(number)) => {
                found.extend(
                    params.iter().skip(number - 1).step_by(width).map(|value| Some(*value)),
                );
            }
            Some(Item::Column(column)) if copied && *column == key => found.push(None),
            // A number in the text is one key, and the same in each run.
            Some(Item::Number(_)) => {}
            _ => return Err(format!("does not bind the key {key} of {}", insert.table)),
        }
    }
    Ok(found)
}
