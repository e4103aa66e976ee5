//! The rules that a text alone can break. What breaks them works on one engine and not on another.

use super::{Facts, Lexeme, Span, Token};

/// Functions whose answer changes by itself; what they would answer is a bound value.
const UNSTEADY: [&str; 8] = [
    "now",
    "random",
    "nextval",
    "clock_timestamp",
    "current_timestamp",
    "current_date",
    "current_time",
    "last_insert_rowid",
];

/// Checks a statement; the error is the rule that it breaks.
pub(super) fn check(lexemes: &[Lexeme<'_>], facts: Facts) -> Result<(), &'static str> {
    let tokens: Vec<Token<'_>> = lexemes.iter().map(|lexeme| lexeme.token).collect();
    first_word(&tokens)?;
    words(&tokens)?;
    stars(&tokens)?;
    inserts(&tokens)?;
    values(&tokens)?;
    upserts(&tokens)?;
    if facts.writes && facts.span == Span::Several {
        return Err("`several` is for reading");
    }
    Ok(())
}

fn first_word(tokens: &[Token<'_>]) -> Result<(), &'static str> {
    match tokens.first() {
        Some(Token::Word("select" | "with" | "insert" | "update" | "delete")) => Ok(()),
        _ => Err("a statement selects, inserts, updates or deletes, in lower case"),
    }
}

fn words(tokens: &[Token<'_>]) -> Result<(), &'static str> {
    for (at, token) in tokens.iter().enumerate() {
        let called = tokens.get(at + 1) == Some(&Token::Sign('('));
        match *token {
            Token::Word("merge") => return Err("no `merge`"),
            Token::Word("greatest" | "least") if called => {
                return Err("the larger of two is written as `case`");
            }
            Token::Word(word) if UNSTEADY.contains(&word) && (called || word.contains('_')) => {
                return Err("what changes by itself is a bound value");
            }
            Token::Word("update") if at > 0 && tokens[at - 1] == Token::Word("for") => {
                return Err("rows are held by `tx.lock`, not by `for update`");
            }
            Token::Sign(';') => return Err("one statement in a text"),
            Token::Sign('?') => return Err("parameters are written `$n`"),
            _ => {}
        }
    }
    Ok(())
}

/// A star is a product after a value, and all columns after anything else.
fn stars(tokens: &[Token<'_>]) -> Result<(), &'static str> {
    let all_columns = |pair: &[Token<'_>]| {
        let names = ["select", "distinct", "all", "returning"];
        pair[1] == Token::Sign('*')
            && match pair[0] {
                Token::Sign(sign) => matches!(sign, ',' | '.'),
                Token::Word(word) => names.contains(&word),
                _ => false,
            }
    };
    if tokens.windows(2).any(all_columns) { Err("columns are named: no `*`") } else { Ok(()) }
}

fn inserts(tokens: &[Token<'_>]) -> Result<(), &'static str> {
    let positional = |words: &[Token<'_>]| {
        words[0] == Token::Word("insert")
            && words[1] == Token::Word("into")
            && words[3] != Token::Sign('(')
    };
    let cut = tokens.ends_with(&[Token::Word("into")]);
    if cut || tokens.windows(4).any(positional) {
        return Err("an insert names its columns");
    }
    Ok(())
}

fn values(tokens: &[Token<'_>]) -> Result<(), &'static str> {
    let starts = tokens.iter().enumerate().filter(|(_, token)| **token == Token::Word("values"));
    for (start, _) in starts {
        let mut depth = 0;
        for token in &tokens[start + 1..] {
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') => depth -= 1,
                Token::Word("select") if depth > 0 => return Err("no subselect in `values`"),
                Token::Sign(',') => {}
                _ if depth == 0 => break,
                _ => {}
            }
        }
    }
    Ok(())
}

fn upserts(tokens: &[Token<'_>]) -> Result<(), &'static str> {
    let update = [Token::Word("do"), Token::Word("update"), Token::Word("set")];
    let Some(start) = tokens.windows(3).position(|words| words == update) else { return Ok(()) };
    if tokens[start..].contains(&Token::Word("select")) {
        return Err("no subselect in `do update set`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::examine;

    #[test]
    fn statements_that_keep_the_rules_pass() {
        for sql in [
            "select count(*), a * 2, b.c * d from t as b where a = $1",
            "insert into t (a, b) values ($1, ($2 + 1) * 2), ($3, $4) on conflict (a) do nothing",
            "insert into t (a) values ($1) on conflict (a) do update set b = t.b + 1 returning b",
            "insert into t (a, b) select a, $2 from u where a = $1",
            "with x as (select a from t where a = $1) select a from x",
            "update t set now_at = $1 where a = $2",
            "/* fan_out */ update t set b = 1 where c < $1",
        ] {
            assert_eq!(examine(sql).err(), None, "{sql}");
        }
    }

    #[test]
    fn statements_that_break_a_rule_are_refused() {
        for sql in [
            "select * from t",
            "select a, t.* from t",
            "select distinct * from t",
            "delete from t where a = $1 returning *",
            "insert into t values ($1)",
            "insert into t (a) values ((select b from u where c = $1))",
            "insert into t (a) values (1) on conflict (a) do update set b = (select 2)",
            "merge into t using u on t.a = u.a when matched then delete",
            "with x as (select 1) merge into t using x on true when matched then delete",
            "select now() as a",
            "select current_timestamp as a",
            "select a from t order by random()",
            "select a from t for update",
            "select greatest(a, b) from t",
            "select a from t where b = ?",
            "select a from t; delete from t",
            "commit",
            "SELECT a FROM t",
            "",
            "/* several */ delete from t where a in ($1, $2)",
        ] {
            assert!(examine(sql).is_err(), "{sql}");
        }
    }
}
