//! What a statement's text says about itself, and the rules that it must keep.

mod insert;
mod lexer;
mod rows;
mod rules;

pub(crate) use insert::{Insert, Item, Source, inserts};
pub(crate) use lexer::{Lexeme, Token, lexemes};
pub(crate) use rows::repeat_values;

use crate::Error;

/// How many shards a statement may touch, by the marker at the start of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// One: it binds the shard key by equality.
    One,
    /// `/* several */`: an `in` list of keys, in a list page.
    Several,
    /// `/* fan_out */`: all of them, in jobs and in the console.
    FanOut,
}

/// What is known of a statement before it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The values it takes: `$1` to this number.
    pub(crate) parameters: usize,
    /// Whether it changes rows.
    pub(crate) writes: bool,
    pub(crate) span: Span,
}

/// Reads a statement's text; refuses one that would not mean the same on every engine.
pub(crate) fn examine(sql: &str) -> Result<Facts, Error> {
    let lexemes = lexemes(sql);
    let facts =
        Facts { parameters: parameters(&lexemes)?, writes: writes(&lexemes), span: span(sql) };
    // The suite runs every statement in a debug build, so a release need not check again.
    if cfg!(debug_assertions) {
        rules::check(&lexemes, facts).map_err(|rule| Error::Rule(format!("{rule}: {sql}")))?;
    }
    Ok(facts)
}

impl Facts {
    /// Checks that there are as many values as the text has parameters.
    pub(crate) fn check(self, bound: usize) -> Result<(), Error> {
        let takes = self.parameters;
        if bound == takes {
            return Ok(());
        }
        Err(Error::Rule(format!("{takes} parameters and {bound} bound values")))
    }
}

fn span(sql: &str) -> Span {
    match sql.trim_start() {
        text if text.starts_with("/* several */") => Span::Several,
        text if text.starts_with("/* fan_out */") => Span::FanOut,
        _ => Span::One,
    }
}

/// The highest parameter; each below it must stand somewhere too.
fn parameters(lexemes: &[Lexeme<'_>]) -> Result<usize, Error> {
    let mut numbers: Vec<usize> = lexemes
        .iter()
        .filter_map(|lexeme| match lexeme.token {
            Token::Param(number) => Some(number),
            _ => None,
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.iter().enumerate().find(|&(place, number)| *number != place + 1) {
        None => Ok(numbers.len()),
        Some((place, _)) => Err(Error::Rule(format!("parameter ${} is missing", place + 1))),
    }
}

fn writes(lexemes: &[Lexeme<'_>]) -> bool {
    lexemes.iter().any(|lexeme| match lexeme.token {
        Token::Word(word) => matches!(word, "insert" | "update" | "delete" | "merge"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_count_by_their_numbers() {
        assert_eq!(
            examine("select a from t where b = $2 and c = $1 and d = $1").unwrap().parameters,
            2
        );
        assert_eq!(examine("select '$1' as a").unwrap().parameters, 0);
        assert!(examine("select a from t where b = $2").is_err());
        assert!(examine("select a from t where b = $").is_err());
    }

    #[test]
    fn surplus_and_missing_values_are_refused() {
        let facts = examine("select a from t where b = $1").unwrap();
        assert!(facts.check(0).is_err());
        assert!(facts.check(1).is_ok());
        assert!(facts.check(2).is_err());
    }

    #[test]
    fn a_write_inside_a_with_is_a_write() {
        assert!(
            examine("with x as (delete from t where a = $1 returning b) select b from x")
                .unwrap()
                .writes
        );
        assert!(!examine("select a from t where b = 'update'").unwrap().writes);
    }

    #[test]
    fn the_marker_at_the_start_says_the_span() {
        assert_eq!(examine("select a from t").unwrap().span, Span::One);
        assert_eq!(examine("/* several */ select a from t").unwrap().span, Span::Several);
        assert_eq!(examine("/* fan_out */ select a from t").unwrap().span, Span::FanOut);
        assert_eq!(examine("select a /* fan_out */ from t").unwrap().span, Span::One);
    }
}
