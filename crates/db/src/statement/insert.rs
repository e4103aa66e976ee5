//! Reads the inserts of a statement: into which table, which columns, and what goes into them.

use super::{Lexeme, Token};

/// An `insert into`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Insert<'a> {
    pub(crate) table: &'a str,
    pub(crate) columns: Vec<&'a str>,
    pub(crate) source: Source<'a>,
}

/// Where its rows come from; what stands at each column's place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    /// `values (…), (…)`.
    Values(Vec<Vec<Item<'a>>>),
    /// `select …`.
    Select(Vec<Item<'a>>),
    /// Something else.
    Other,
}

/// What stands at a column's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item<'a> {
    /// `$n`.
    Param(usize),
    /// A number that stands in the text.
    Number(i64),
    /// A column, without the table's name.
    Column(&'a str),
    /// Anything else.
    Other,
}

/// All inserts of a statement.
pub(crate) fn inserts<'a>(lexemes: &[Lexeme<'a>]) -> Vec<Insert<'a>> {
    let tokens: Vec<Token<'a>> = lexemes.iter().map(|lexeme| lexeme.token).collect();
    let into = [Token::Word("insert"), Token::Word("into")];
    let starts = tokens.windows(2).enumerate().filter(|(_, words)| *words == into);
    starts.filter_map(|(start, _)| insert(&tokens[start + 2..])).collect()
}

fn insert<'a>(tokens: &[Token<'a>]) -> Option<Insert<'a>> {
    let &Token::Word(table) = tokens.first()? else { return None };
    let open = tokens.iter().position(|token| *token == Token::Sign('('))?;
    let (columns, rest) = group(&tokens[open..])?;
    let columns = columns
        .iter()
        .filter_map(|token| match token {
            Token::Word(name) => Some(*name),
            _ => None,
        })
        .collect();
    let source = match rest.first() {
        Some(Token::Word("values")) => Source::Values(tuples(&rest[1..])),
        Some(Token::Word("select")) => Source::Select(items(selected(&rest[1..]))),
        _ => Source::Other,
    };
    Some(Insert { table, columns, source })
}

/// What stands in the parentheses at the start, and what follows them.
fn group<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
    let close = (1..tokens.len()).find(|end| depth(&tokens[..=*end]) == 0)?;
    Some((&tokens[1..close], &tokens[close + 1..]))
}

fn depth(tokens: &[Token<'_>]) -> i64 {
    tokens
        .iter()
        .map(|token| match token {
            Token::Sign('(') => 1,
            Token::Sign(')') => -1,
            _ => 0,
        })
        .sum()
}

fn tuples<'a>(tokens: &[Token<'a>]) -> Vec<Vec<Item<'a>>> {
    let (mut found, mut rest) = (Vec::new(), tokens);
    while rest.first() == Some(&Token::Sign('(')) {
        let Some((tuple, after)) = group(rest) else { break };
        found.push(items(tuple));
        rest = after.strip_prefix(&[Token::Sign(',')]).unwrap_or(&[]);
    }
    found
}

/// The select list: up to `from`, or to where the select ends.
fn selected<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    const ENDS: [&str; 6] = ["from", "where", "on", "returning", "limit", "order"];
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth -= 1,
            Token::Word(word) if depth == 0 && ENDS.contains(word) => return true,
            _ => {}
        }
        depth < 0
    });
    &tokens[..end.unwrap_or(tokens.len())]
}

fn items<'a>(tokens: &[Token<'a>]) -> Vec<Item<'a>> {
    let mut depth = 0;
    tokens
        .split(|token| {
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') => depth -= 1,
                _ => {}
            }
            depth == 0 && *token == Token::Sign(',')
        })
        .map(item)
        .collect()
}

fn item<'a>(tokens: &[Token<'a>]) -> Item<'a> {
    let tokens = match tokens {
        [before @ .., Token::Word("as"), Token::Word(_)] => before,
        _ => tokens,
    };
    match *tokens {
        [Token::Param(number)] => Item::Param(number),
        [Token::Word(word)] => word.parse().map_or(Item::Column(word), Item::Number),
        [Token::Word(_), Token::Sign('.'), Token::Word(column)] => Item::Column(column),
        _ => Item::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexemes;
    use super::*;

    #[test]
    fn rows_of_values_are_read() {
        let sql = "insert into t (a, b, c) values ($1, f($2, 3), 4), ($3, x, -1) \
             on conflict (a) do nothing";
        let expected = Insert {
            table: "t",
            columns: vec!["a", "b", "c"],
            source: Source::Values(vec![
                vec![Item::Param(1), Item::Other, Item::Number(4)],
                vec![Item::Param(3), Item::Column("x"), Item::Other],
            ]),
        };
        assert_eq!(inserts(&lexemes(sql)), [expected]);
    }

    #[test]
    fn selected_columns_are_read_inside_a_with_too() {
        let sql = "with x as (insert into t as q (a, b) select u.a, $2 as b from u returning a) \
             insert into v (c) select coalesce(a, $1) from x";
        let found = inserts(&lexemes(sql));
        assert_eq!(found[0].source, Source::Select(vec![Item::Column("a"), Item::Param(2)]));
        assert_eq!((found[1].table, &found[1].source), ("v", &Source::Select(vec![Item::Other])));
    }

    #[test]
    fn unfinished_inserts_do_no_harm() {
        for sql in
            ["insert into", "insert into t (a", "insert into t (a) values (", "insert into $1"]
        {
            let found = inserts(&lexemes(sql));
            assert!(found.iter().all(|insert| insert.table == "t"), "{sql}");
        }
    }
}
