//! One insert for many rows: the tuple after `values`, repeated with numbers that go on.

use super::{Lexeme, Token, lexemes};
use crate::Error;
use std::fmt::Write as _;

/// The text of `insert … values (…)` for so many rows. Parameters stand inside the tuple only,
/// since each row has its own.
pub(crate) fn repeat_values(sql: &str, rows: usize) -> Result<String, Error> {
    let rule = |rule: &str| Error::Rule(format!("{rule}: {sql}"));
    let lexemes = lexemes(sql);
    let (open, close) = tuple(&lexemes).ok_or_else(|| rule("an insert of one `values` tuple"))?;
    let inside = &lexemes[open..=close];
    let mut outside = lexemes[..open].iter().chain(&lexemes[close + 1..]);
    if outside.any(|lexeme| number(lexeme).is_some()) {
        return Err(rule("parameters of many rows stand inside `values`"));
    }
    let width = inside.iter().filter_map(number).max().unwrap_or(0);
    let (start, end) = (lexemes[open].start, lexemes[close].end);
    let mut text = sql[..start].to_owned();
    for row in 0..rows {
        text.push_str(if row == 0 { "" } else { ", " });
        push_tuple(&mut text, sql, inside, row * width);
    }
    text.push_str(&sql[end..]);
    Ok(text)
}

fn number(lexeme: &Lexeme<'_>) -> Option<usize> {
    match lexeme.token {
        Token::Param(number) => Some(number),
        _ => None,
    }
}

/// The places of the parentheses around the one tuple after `values`.
fn tuple(lexemes: &[Lexeme<'_>]) -> Option<(usize, usize)> {
    let sign = |at: usize| lexemes.get(at).map(|lexeme| lexeme.token);
    let word = lexemes.iter().position(|lexeme| lexeme.token == Token::Word("values"))?;
    let open = word + 1;
    let mut depth = 0_usize;
    for at in open..lexemes.len() {
        match sign(at)? {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            let single = at > open && sign(at + 1) != Some(Token::Sign(','));
            return single.then_some((open, at));
        }
    }
    None
}

fn push_tuple(text: &mut String, sql: &str, tuple: &[Lexeme<'_>], offset: usize) {
    let mut done = tuple[0].start;
    for lexeme in tuple {
        if let Some(number) = number(lexeme) {
            text.push_str(&sql[done..lexeme.start]);
            write!(text, "${}", number + offset).expect("a string takes all that is written");
            done = lexeme.end;
        }
    }
    text.push_str(&sql[done..tuple[tuple.len() - 1].end]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_from_row_to_row() {
        let sql = "insert into t (a, b) values ($1, coalesce($2, $1)) on conflict (a) do nothing";
        let expected = "insert into t (a, b) values ($1, coalesce($2, $1)), \
             ($3, coalesce($4, $3)) on conflict (a) do nothing";
        assert_eq!(repeat_values(sql, 2).unwrap(), expected);
        assert_eq!(repeat_values(sql, 1).unwrap(), sql);
    }

    #[test]
    fn only_one_tuple_with_all_parameters_is_repeated() {
        for sql in [
            "insert into t (a) select b from u where c = $1",
            "insert into t (a) values ($1), ($2)",
            "insert into t (a) values ($1) on conflict (a) do update set b = $2",
            "insert into t (a) values ($1",
            "insert into t (a) values",
        ] {
            assert!(repeat_values(sql, 2).is_err(), "{sql}");
        }
    }
}
