//! Takes Rust apart just far enough to tell code, comments and string literals from each other.

/// A Rust file, taken apart.
pub(crate) struct RustText {
    /// The text with every comment and literal blanked; lines and columns are as they were.
    pub(crate) code: String,
    pub(crate) comments: Vec<Piece>,
    /// The contents of string literals, on one line each.
    pub(crate) literals: Vec<Piece>,
}

/// A comment or literal.
pub(crate) struct Piece {
    /// The line in which it begins, counted from 1.
    pub(crate) line: usize,
    pub(crate) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Character,
    Text,
}

/// Takes `text` apart.
pub(crate) fn read(text: &str) -> RustText {
    let mut parts =
        RustText { code: String::with_capacity(text.len()), comments: vec![], literals: vec![] };
    let mut rest = text;
    let mut line = 1;
    let mut before = ' ';
    while !rest.is_empty() {
        let (kind, length) = next(rest, before);
        let piece = &rest[..length];
        match kind {
            Kind::Code => parts.code.push_str(piece),
            _ => parts.code.extend(piece.chars().map(|c| if c == '\n' { c } else { ' ' })),
        }
        match kind {
            Kind::Comment => parts.comments.push(Piece { line, text: piece.to_owned() }),
            Kind::Text => parts.literals.push(Piece { line, text: content(piece) }),
            Kind::Code | Kind::Character => {}
        }
        line += piece.matches('\n').count();
        before = piece.chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    parts
}

/// The part of a file that is not its tests, which stand at the end.
pub(crate) fn without_tests(text: &str) -> &str {
    let tests = text.match_indices("#[cfg(test)]\n").find(|(at, attribute)| {
        let following = text[at + attribute.len()..].lines().next().unwrap_or_default();
        following.starts_with("mod ") && following.ends_with('{')
    });
    tests.map_or(text, |(at, _)| &text[..at])
}

/// The lines of `code` in which `name` stands as a word of its own. Where `name` ends with `::` or
/// `(`, anything may follow.
pub(crate) fn lines_with(code: &str, name: &str) -> Vec<usize> {
    let has = |(_, line): &(usize, &str)| {
        line.match_indices(name).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + name.len()..].chars().next();
            let open = !name.ends_with(in_word);
            !before.is_some_and(in_word) && (open || !after.is_some_and(in_word))
        })
    };
    code.lines().enumerate().filter(has).map(|(index, _)| index + 1).collect()
}

/// Whether a letter can be part of a name.
pub(crate) fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// What `rest` begins with, and how many bytes of it.
fn next(rest: &str, before: char) -> (Kind, usize) {
    if rest.starts_with("//") {
        return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, block_comment(rest));
    }
    if let Some(length) = raw_literal(rest, before) {
        return (Kind::Text, length);
    }
    match rest.chars().next() {
        Some('"') => (Kind::Text, quoted(rest, '"')),
        Some('\'') if is_character(rest) => (Kind::Character, quoted(rest, '\'')),
        letter => (Kind::Code, letter.map_or(0, char::len_utf8)),
    }
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// `r"…"`, `br#"…"#` and the like.
fn raw_literal(rest: &str, before: char) -> Option<usize> {
    if in_word(before) {
        return None;
    }
    let marked = ["r", "br", "cr"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let hashes = marked.len() - marked.trim_start_matches('#').len();
    let body = marked[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(rest.len() - body.len() + length)
}

/// A literal with escapes, up to its closing quote.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Tells `'a'` from the lifetime `'a`.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    letters.next() == Some('\\') || letters.next() == Some('\'')
}

/// The content of a literal, with line breaks and indentation as single spaces.
fn content(literal: &str) -> String {
    let inside = literal.trim_start_matches(['r', 'b', 'c']).trim_matches('#').trim_matches('"');
    let unescaped = inside.replace("\\\n", "\n").replace("\\n", " ");
    unescaped.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        read(text).literals.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn literals_are_found_in_every_form() {
        let text = r##"f("a \" b", r"c\", r#"d "e" "#, b"g", '"', "h")"##;
        assert_eq!(literals(text), ["a \\\" b", "c\\", "d \"e\"", "g", "h"]);
    }

    #[test]
    fn a_literal_of_many_lines_is_one_line_and_keeps_its_place() {
        let parts = read("x\n  f(\"select a \\\n     from b\n  where c\")\ny");
        assert_eq!(parts.literals[0].line, 2);
        assert_eq!(parts.literals[0].text, "select a from b where c");
        assert_eq!(parts.code.lines().count(), 5);
    }

    #[test]
    fn lifetimes_are_code_and_characters_are_not() {
        let parts = read("fn f<'a>(x: &'a str) -> bool { x == '\\'' || x == '\"' } // 'b");
        assert!(parts.code.starts_with("fn f<'a>(x: &'a str)"));
        assert!(!parts.code.contains('"'));
        assert_eq!(parts.comments[0].text, "// 'b");
    }

    #[test]
    fn comments_nest_and_are_blanked() {
        let parts = read("a /* b /* c */ d */ e // f\ng");
        assert_eq!(parts.code.split_whitespace().collect::<Vec<_>>(), ["a", "e", "g"]);
        assert_eq!(parts.comments.len(), 2);
    }

    #[test]
    fn text_in_comments_and_comments_in_text_are_kept_apart() {
        let parts = read("// say \"hi\"\nf(\"// no\"); for r in x {}");
        assert_eq!(parts.comments.len(), 1);
        assert_eq!(parts.literals.len(), 1);
        assert!(parts.code.contains("for r in x"));
    }

    #[test]
    fn only_tests_at_the_end_are_cut() {
        assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\nb\n}\n"), "a\n");
        let declared = "#[cfg(test)]\nmod tests;\nmod b;\n";
        assert_eq!(without_tests(declared), declared);
    }

    #[test]
    fn a_name_is_a_word() {
        let code = "use http::Uri;\nlet https = 1;\nfn http_date() {}\nmy_http::x\nhttp";
        assert_eq!(lines_with(code, "http::"), [1]);
        assert_eq!(lines_with(code, "http"), [1, 5]);
    }
}
