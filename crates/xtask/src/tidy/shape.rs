//! Size, line length, and what must not be left lying about.

use super::rust_text::{self, in_word};
use super::{Finding, has_extension, has_folder, is_test};

/// Lines after which a file is split.
const FILE_LINES: usize = 400;
/// Columns of a line of Rust.
const COLUMNS: usize = 100;
/// A word of this length cannot be broken: an address, a vector of bytes.
const UNBREAKABLE: usize = 80;

/// A file over 400 lines, tests and generated code aside.
pub(crate) fn long_file(path: &str, text: &str) -> Vec<Finding> {
    let counted = has_extension(path, &["rs", "ts", "vue", "js", "mjs", "py"]);
    let generated = text.lines().take(5).any(|line| line.contains("generated"));
    if !counted || generated || is_test(path) {
        return Vec::new();
    }
    let lines = rust_text::without_tests(text).lines().count();
    if lines <= FILE_LINES {
        return Vec::new();
    }
    vec![Finding::new(FILE_LINES + 1, format!("{lines} lines: split the file by subject"))]
}

/// A line of Rust over 100 columns that could be broken. What a test sends and expects stands as
/// it is on the wire: its literals are not broken.
pub(crate) fn long_line(path: &str, text: &str) -> Vec<Finding> {
    if !has_extension(path, &["rs"]) {
        return Vec::new();
    }
    let too_long = |line: &str| {
        let columns = line.chars().count();
        let breakable = line.split_whitespace().all(|word| word.chars().count() < UNBREAKABLE);
        let literal = path.contains("/tests/") && line.contains('"');
        (columns > COLUMNS && breakable && !literal).then_some(columns)
    };
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| Some((index + 1, too_long(line)?)))
        .map(|(line, columns)| Finding::new(line, format!("{columns} columns")))
        .collect()
}

/// A note for later without the number of an issue.
pub(crate) fn unnumbered_note(path: &str, text: &str) -> Vec<Finding> {
    if has_extension(path, &["rs"]) {
        let comments = rust_text::read(text).comments;
        let found = comments.iter().flat_map(|comment| {
            unnumbered(&comment.text).map(|line| Finding::new(comment.line + line, UNNUMBERED))
        });
        return found.collect();
    }
    if !has_extension(path, &["ts", "vue", "js", "mjs", "css", "html", "py", "sh", "toml"]) {
        return Vec::new();
    }
    unnumbered(text).map(|line| Finding::new(line + 1, UNNUMBERED)).collect()
}

const UNNUMBERED: &str = "a note for later carries the number of its issue: (#12)";

fn unnumbered(text: &str) -> impl Iterator<Item = usize> {
    let is_note = |line: &str| {
        let words = ["TODO", "FIXME", "XXX"];
        let noted = words.iter().any(|word| !rust_text::lines_with(line, word).is_empty());
        let numbered = line
            .match_indices('#')
            .any(|(at, _)| line[at + 1..].starts_with(|letter: char| letter.is_ascii_digit()));
        noted && !numbered
    };
    let lines = text.lines().enumerate().filter(move |(_, line)| is_note(line));
    lines.map(|(index, _)| index)
}

/// What was meant for the screen of the person who wrote it.
pub(crate) fn leftover(path: &str, text: &str) -> Vec<Finding> {
    if is_test(path) {
        return Vec::new();
    }
    let names: &[&str] = if has_extension(path, &["rs"]) {
        // Commands and build scripts speak to whoever started them.
        let speaks = ["server/", "xtask/", "build/"].iter().any(|folder| has_folder(path, folder));
        if speaks || path.ends_with("/build.rs") { &RUST[..3] } else { &RUST }
    } else if has_folder(path, "web/") && has_extension(path, &["ts", "vue", "js", "mjs"]) {
        &["console.log", "console.debug", "debugger"]
    } else {
        return Vec::new();
    };
    let rust = has_extension(path, &["rs"]);
    let code =
        if rust { rust_text::read(rust_text::without_tests(text)).code } else { text.to_owned() };
    let found = names.iter().flat_map(|name| {
        let lines = rust_text::lines_with(&code, name).into_iter();
        lines.map(move |line| Finding::new(line, format!("a leftover: {name}")))
    });
    found.collect()
}

const RUST: [&str; 7] =
    ["dbg!(", "todo!(", "unimplemented!(", "println!(", "print!(", "eprintln!(", "eprint!("];

/// A path that exists only on the machine of somebody who wrote a part.
pub(crate) fn workplace(_path: &str, text: &str) -> Vec<Finding> {
    let absolute = concat!("/wo", "rk/");
    let relative = concat!("../sha", "red");
    let names = |line: &str| {
        let rooted = line.match_indices(absolute).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|letter| in_word(letter) || "./}-".contains(letter))
        });
        rooted || line.contains(relative)
    };
    let lines = text.lines().enumerate().filter(|(_, line)| names(line));
    lines.map(|(index, _)| Finding::new(index + 1, "a path outside the repository")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(findings: &[Finding]) -> Vec<usize> {
        findings.iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_file_of_401_lines_is_too_long_and_its_tests_do_not_count() {
        let full = "x\n".repeat(400);
        assert_eq!(long_file("crates/a/src/b.rs", &full), []);
        assert_eq!(lines(&long_file("crates/a/src/b.rs", &(full.clone() + "x\n"))), [401]);
        assert_eq!(long_file("crates/a/src/b.rs", &(full + "#[cfg(test)]\nmod tests {\n}\n")), []);
    }

    #[test]
    fn generated_files_and_tests_may_be_long() {
        let long = "x\n".repeat(500);
        assert_eq!(long_file("web/api/schema.ts", &format!("/* auto-generated */\n{long}")), []);
        assert_eq!(long_file("crates/server/tests/suite/a.rs", &long), []);
    }

    #[test]
    fn columns_are_characters_and_not_bytes() {
        assert_eq!(long_line("a.rs", &"茶 ".repeat(50)), []);
        assert_eq!(lines(&long_line("a.rs", &format!("x\n{}", "茶 ".repeat(51)))), [2]);
    }

    #[test]
    fn what_cannot_be_broken_may_be_long() {
        assert_eq!(long_line("a.rs", &format!("    \"{}\"", "ab".repeat(60))), []);
    }

    #[test]
    fn a_note_needs_a_number() {
        let note = concat!("// TO", "DO");
        assert_eq!(lines(&unnumbered_note("a.rs", &format!("fn f() {{}}\n{note}: later\n"))), [2]);
        assert_eq!(unnumbered_note("a.rs", &format!("{note}(#12): later\n")), []);
        assert_eq!(lines(&unnumbered_note("a.ts", &format!("let a\n{note} later"))), [2]);
        assert_eq!(unnumbered_note("a.rs", concat!("let a = \"TO", "DO\";")), []);
    }

    #[test]
    fn debugging_is_a_leftover() {
        let text = "fn f() {\n    dbg!(1);\n    println!(\"x\");\n}\n";
        assert_eq!(lines(&leftover("crates/wire/src/a.rs", text)), [2, 3]);
        assert_eq!(lines(&leftover("crates/server/src/a.rs", text)), [2]);
        assert_eq!(leftover("crates/wire/src/a.rs", "// println!(\n"), []);
        assert_eq!(lines(&leftover("web/client/src/a.vue", "a\nconsole.log(b)")), [2]);
        assert_eq!(leftover("web/e2e/a.mjs", "console.log(b)"), []);
    }

    #[test]
    fn a_path_of_a_workplace_is_found_anywhere() {
        let absolute = concat!("see /wo", "rk/notes.md");
        let relative = concat!("`../sha", "red/spec`");
        assert_eq!(lines(&workplace("README.md", &format!("a\n{absolute}\n{relative}\n"))), [2, 3]);
        assert_eq!(workplace("a.tsv", concat!("/cgi-bin/wo", "rk/get")), []);
    }
}
