//! Splits a statement into its words and signs. Comments are left out.

/// A piece of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A keyword, a name, or a number; ours are written in lower case.
    Word(&'a str),
    /// A name or a text in quotes.
    Quoted,
    /// `$n`.
    Param(usize),
    /// Any other sign.
    Sign(char),
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lexeme<'a> {
    pub(crate) token: Token<'a>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The tokens of a statement.
pub(crate) fn lexemes(sql: &str) -> Vec<Lexeme<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(first) = sql[start..].chars().next() {
        let rest = &sql[start..];
        let length = length(first, rest);
        if let Some(token) = token(first, &rest[..length]) {
            found.push(Lexeme { token, start, end: start + length });
        }
        start += length;
    }
    found
}

fn token(first: char, text: &str) -> Option<Token<'_>> {
    match first {
        _ if first.is_whitespace() => None,
        '/' | '-' if text.len() > 1 => None,
        '\'' | '"' => Some(Token::Quoted),
        '$' => Some(Token::Param(text[1..].parse().unwrap_or(0))),
        _ if in_word(first) => Some(Token::Word(text)),
        _ => Some(Token::Sign(first)),
    }
}

/// How many bytes the piece at the start of `rest` has.
fn length(first: char, rest: &str) -> usize {
    match first {
        '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
        '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
        '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |at| at + 2),
        '$' => 1 + run(&rest[1..], |sign| sign.is_ascii_digit()),
        _ if in_word(first) => run(rest, in_word),
        _ => first.len_utf8(),
    }
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|sign| !belongs(sign)).unwrap_or(text.len())
}

fn in_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sql: &str) -> String {
        let text = |lexeme: &Lexeme<'_>| sql[lexeme.start..lexeme.end].to_owned();
        lexemes(sql).iter().map(text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn comments_and_blanks_are_no_tokens() {
        assert_eq!(words("/* several */ select a,b -- c\nfrom t"), "select|a|,|b|from|t");
    }

    #[test]
    fn quotes_hide_what_looks_like_sql() {
        assert_eq!(words("select '$1 -- ''x' , $12"), "select|'$1 -- '|'x'|,|$12");
        assert_eq!(lexemes("$12")[0].token, Token::Param(12));
    }

    #[test]
    fn unfinished_pieces_end_with_the_text() {
        for sql in ["'a", "/* a", "-- a", "$", "\"ü"] {
            assert!(lexemes(sql).iter().all(|lexeme| lexeme.end <= sql.len()), "{sql}");
        }
    }

    #[test]
    fn arithmetic_is_not_a_comment() {
        assert_eq!(words("a - b / c"), "a|-|b|/|c");
    }
}
