//! What came of the steps: a line for each, a table at the end, and the last line for machines.

use std::time::Duration;

use crate::steps::{Counting, Step};
use crate::totals::Totals;

/// Lines of the first failure's log that are shown; the log has the rest.
const SHOWN_LINES: usize = 300;

/// The result of one step.
pub(crate) struct Outcome {
    name: String,
    elapsed: Duration,
    totals: Totals,
    /// Why the step failed.
    failure: Option<String>,
    log: String,
}

/// The results of a run.
#[derive(Default)]
pub(crate) struct Report {
    outcomes: Vec<Outcome>,
}

impl Outcome {
    /// Judges a step by its result and by the tests that it ran.
    pub(crate) fn new(
        step: &Step,
        result: anyhow::Result<()>,
        mut totals: Totals,
        elapsed: Duration,
    ) -> Self {
        let failure = match result {
            Err(error) => Some(format!("{error:#}")),
            Ok(()) if totals.failed > 0 => Some("a test failed".to_owned()),
            // A runner that finds nothing to run is broken, however well it ends.
            Ok(()) if step.counting != Counting::Nothing && totals.passed == 0 => {
                Some("no test ran".to_owned())
            }
            Ok(()) => None,
        };
        if failure.is_some() {
            totals.failed = totals.failed.max(1);
        }
        Self { name: step.name.clone(), elapsed, totals, failure, log: String::new() }
    }

    pub(crate) fn with_log(self, log: String) -> Self {
        Self { log, ..self }
    }

    /// The outcome in one line.
    pub(crate) fn line(&self) -> String {
        let verdict = if self.failure.is_some() { "FAILED" } else { "ok" };
        let counted = self.totals != Totals::default();
        let totals = if counted { self.totals.to_string() } else { String::new() };
        let secs = self.elapsed.as_secs_f64();
        format!("{:<32} {verdict:<6} {secs:>7.1} s  {totals}", self.name).trim_end().to_owned()
    }

    fn last_lines(&self) -> String {
        let lines: Vec<&str> = self.log.lines().collect();
        lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n")
    }
}

impl Report {
    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.outcomes.push(outcome);
    }

    pub(crate) fn is_success(&self) -> bool {
        self.totals().failed == 0
    }

    fn totals(&self) -> Totals {
        let mut sum = Totals::default();
        for outcome in &self.outcomes {
            sum += outcome.totals;
        }
        sum
    }

    /// Prints the first failure, the table, and the sum alone on the last line.
    pub(crate) fn print(&self) {
        if let Some((outcome, failure)) = self.first_failure() {
            println!("\n---- {} ----\n{}\n{failure}", outcome.name, outcome.last_lines());
        }
        println!();
        for outcome in &self.outcomes {
            println!("{}", outcome.line());
        }
        println!("\n{}", self.totals());
    }

    fn first_failure(&self) -> Option<(&Outcome, &str)> {
        self.outcomes.iter().find_map(|outcome| Some((outcome, outcome.failure.as_deref()?)))
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    fn outcome(counting: Counting, result: anyhow::Result<()>, totals: (u64, u64)) -> Outcome {
        let step = Step::new("step", counting, |_, _| Ok(()));
        let totals = Totals { passed: totals.0, failed: totals.1 };
        Outcome::new(&step, result, totals, Duration::from_millis(1500))
    }

    #[test]
    fn a_step_that_fails_without_a_test_counts_as_one_failure() {
        let failed = outcome(Counting::Nothing, Err(anyhow!("no clippy")), (0, 0));
        assert_eq!(failed.totals, Totals { passed: 0, failed: 1 });
        assert_eq!(failed.failure.as_deref(), Some("no clippy"));
    }

    #[test]
    fn a_failed_test_fails_a_step_whose_program_ended_well() {
        assert!(outcome(Counting::Runners, Ok(()), (5, 2)).failure.is_some());
    }

    #[test]
    fn a_runner_that_ran_nothing_has_failed() {
        assert_eq!(outcome(Counting::Runners, Ok(()), (0, 0)).totals.failed, 1);
        assert!(outcome(Counting::Nothing, Ok(()), (0, 0)).failure.is_none());
    }

    #[test]
    fn one_failure_is_enough_for_the_whole_run() {
        let mut report = Report::default();
        report.add(outcome(Counting::Runners, Ok(()), (7, 0)));
        assert!(report.is_success());
        report.add(outcome(Counting::Runners, Err(anyhow!("exit status 101")), (3, 2)));
        assert!(!report.is_success());
        assert_eq!(report.totals().to_string(), "10 passed, 2 failed");
    }

    #[test]
    fn a_line_tells_name_verdict_time_and_tests() {
        let line = outcome(Counting::Runners, Ok(()), (7, 0)).line();
        assert_eq!(
            line.split_whitespace().collect::<Vec<_>>().join(" "),
            "step ok 1.5 s 7 passed, 0 failed"
        );
    }
}
