//! How many tests passed and failed, read from what the runners print.

use std::fmt;
use std::ops::AddAssign;

/// Tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The sum over every closing line in a log: cargo's, vitest's, node's and pytest's, and the plain
/// `N passed, M failed`.
pub(crate) fn of_runners(log: &str) -> Totals {
    let mut sum = Totals::default();
    for line in log.lines() {
        let line = without_colours(line);
        let line = line.trim();
        let found = cargo(line).or_else(|| vitest(line)).or_else(|| node(line));
        sum += found.or_else(|| plain(line)).unwrap_or_default();
    }
    sum
}

/// The last plain line, for programs that print totals of their own parts before it.
pub(crate) fn of_last_line(log: &str) -> Totals {
    log.lines().rev().find_map(|line| plain(without_colours(line).trim())).unwrap_or_default()
}

/// `test result: ok. 5 passed; 0 failed; 1 ignored; …`
fn cargo(line: &str) -> Option<Totals> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    sum(counts.split("; ").take(2))
}

/// `Tests  1 failed | 11 passed (12)`
fn vitest(line: &str) -> Option<Totals> {
    let counts = line.strip_prefix("Tests  ")?.rsplit_once(" (")?.0;
    sum(counts.split(" | "))
}

/// `# pass 3` or `ℹ pass 3`, and the same with `fail`.
fn node(line: &str) -> Option<Totals> {
    let (word, count) = line.strip_prefix("# ").or(line.strip_prefix("ℹ "))?.split_once(' ')?;
    let count = count.parse().ok()?;
    match word {
        "pass" => Some(Totals { passed: count, failed: 0 }),
        "fail" => Some(Totals { passed: 0, failed: count }),
        _ => None,
    }
}

/// `name: 3 passed, 0 failed`, and pytest's `== 1 failed, 3 passed in 0.12s ==`.
fn plain(line: &str) -> Option<Totals> {
    let line = line.trim_matches('=').trim();
    let counts = line.rsplit_once(": ").map_or(line, |(_, counts)| counts);
    let counts = counts.split_once(" in ").map_or(counts, |(counts, _)| counts);
    sum(counts.split(", "))
}

/// Adds up counts such as `3 passed`; `None` when one of them is no count, or none is a verdict.
fn sum<'a>(counts: impl Iterator<Item = &'a str>) -> Option<Totals> {
    let mut totals = None;
    for count in counts {
        let mut words = count.split(' ');
        let number: u64 = words.next()?.parse().ok()?;
        match words.next()? {
            "passed" => totals.get_or_insert(Totals::default()).passed += number,
            "failed" | "error" | "errors" => {
                totals.get_or_insert(Totals::default()).failed += number;
            }
            _ => {}
        }
    }
    totals
}

/// The line without the sequences that colour it on a terminal.
fn without_colours(line: &str) -> String {
    let mut pieces = line.split("\u{1b}[");
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        bare.push_str(piece.split_once('m').map_or(piece, |(_, text)| text));
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: u64, failed: u64) -> Totals {
        Totals { passed, failed }
    }

    #[test]
    fn cargo_lines_add_up() {
        let log = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; in 0.00s\n\
            test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; finished in 0.01s\n";
        assert_eq!(of_runners(log), totals(6, 1));
    }

    #[test]
    fn vitest_counts_tests_and_not_files() {
        let log = " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 11 passed (12)\n";
        assert_eq!(of_runners(log), totals(11, 1));
    }

    #[test]
    fn colours_do_not_hide_a_total() {
        let log = "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m4 passed\u{1b}[39m (4)";
        assert_eq!(of_runners(log), totals(4, 0));
    }

    #[test]
    fn node_is_read_in_both_its_forms() {
        assert_eq!(of_runners("# tests 4\n# pass 3\n# fail 1\n"), totals(3, 1));
        assert_eq!(of_runners("ℹ tests 2\nℹ pass 2\nℹ fail 0\n"), totals(2, 0));
    }

    #[test]
    fn pytest_errors_are_failures() {
        let log = "==== 1 failed, 3 passed, 2 warnings, 1 error in 0.12s ====";
        assert_eq!(of_runners(log), totals(3, 2));
        assert_eq!(of_runners("5 passed in 0.01s"), totals(5, 0));
    }

    #[test]
    fn the_last_plain_line_stands_for_its_parts() {
        let log = "2 passed, 0 failed\n3 passed, 1 failed\nwechatpy: 5 passed, 1 failed\n";
        assert_eq!(of_last_line(log), totals(5, 1));
    }

    #[test]
    fn sentences_are_no_totals() {
        assert_eq!(of_runners("the 2 passed, as 3 failed\nnothing passed\n: \n"), totals(0, 0));
    }
}
