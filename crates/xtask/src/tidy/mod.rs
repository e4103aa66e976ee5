//! The conventions of `CONTRIBUTING.md` that no compiler knows. A rule is a small function over a
//! path and a text, or over all files where it compares them; each has tests that plant a case.

mod documents;
mod fan_out;
mod routes;
mod rust_text;
mod shape;
mod sql;
mod walls;

use std::process::ExitCode;

use anyhow::ensure;

use crate::checkout::{Checkout, File};
use crate::context::Context;
use crate::log::Log;

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// Counted from 1.
    line: usize,
    problem: String,
}

impl Finding {
    fn new(line: usize, problem: impl Into<String>) -> Self {
        Self { line, problem: problem.into() }
    }
}

/// A rule about one file: its path from the root, and its text.
type FileRule = fn(&str, &str) -> Vec<Finding>;

/// A rule that compares files: each finding is in the file of that index.
type TreeRule = fn(&[File]) -> Vec<(usize, Finding)>;

const FILE_RULES: [FileRule; 12] = [
    shape::long_file,
    shape::long_line,
    shape::unnumbered_note,
    shape::leftover,
    shape::workplace,
    sql::outside_store,
    sql::dialect,
    sql::ledger,
    walls::platform_names_http,
    walls::platform_waits,
    walls::wire_names_runtime,
    walls::dependencies,
];

const TREE_RULES: [TreeRule; 3] =
    [fan_out::outside_jobs, documents::missing_path, routes::untested];

/// `cargo xtask tidy`
pub(crate) fn run(checkout: &Checkout) -> anyhow::Result<ExitCode> {
    let problems = problems(&checkout.files()?);
    for problem in &problems {
        println!("{problem}");
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The same as a step.
pub(crate) fn step(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let problems = problems(&context.checkout.files()?);
    for problem in &problems {
        log.note(problem)?;
    }
    ensure!(problems.is_empty(), "{} problems", problems.len());
    Ok(())
}

/// One line for each finding, as compilers write them.
fn problems(files: &[File]) -> Vec<String> {
    let mut found: Vec<(usize, Finding)> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let findings = FILE_RULES.iter().flat_map(|rule| rule(&file.path, &file.text));
        found.extend(findings.map(|finding| (index, finding)));
    }
    found.extend(TREE_RULES.iter().flat_map(|rule| rule(files)));
    found.sort_by_key(|(index, finding)| (*index, finding.line));
    let line = |(index, finding): (usize, Finding)| {
        format!("{}:{}: {}", files[index].path, finding.line, finding.problem)
    };
    found.into_iter().map(line).collect()
}

/// Whether a file is a test or serves tests alone.
fn is_test(path: &str) -> bool {
    let folders = ["tests/", "testkit/", "benches/", "examples/", "e2e/", "conformance/", "fuzz/"];
    let name = path.rsplit('/').next().unwrap_or_default();
    folders.iter().any(|folder| has_folder(path, folder))
        || name == "tests.rs"
        || [".test.ts", ".spec.ts", "_tests.rs"].iter().any(|ending| name.ends_with(ending))
}

/// Whether `folder`, which ends with `/`, is on the way to `path`.
fn has_folder(path: &str, folder: &str) -> bool {
    path.match_indices(folder).any(|(at, _)| at == 0 || path[..at].ends_with('/'))
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    extension.is_some_and(|(_, extension)| extensions.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A checkout in memory.
    pub(super) fn files(files: &[(&str, &str)]) -> Vec<File> {
        let file =
            |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
        files.iter().map(file).collect()
    }

    #[test]
    fn a_finding_is_told_as_compilers_tell_it() {
        let tree = files(&[
            ("crates/platform/src/a.rs", "fn a() {}\n"),
            ("crates/platform/src/b.rs", "fn b() {}\nasync fn c() {}\n"),
        ]);
        let problems = problems(&tree);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("crates/platform/src/b.rs:2: "), "{problems:?}");
    }

    #[test]
    fn tests_are_known_by_folder_and_name() {
        for path in ["crates/a/tests/suite/main.rs", "crates/a/src/tests.rs", "web/a/b.test.ts"] {
            assert!(is_test(path), "{path}");
        }
        for path in ["crates/a/src/contests/mod.rs", "crates/a/src/latest.rs", "web/a/b.ts"] {
            assert!(!is_test(path), "{path}");
        }
    }
}
