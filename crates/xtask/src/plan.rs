//! The steps of `check` and of `test`, in the order in which they run: cheap verdicts first, and
//! each build before what needs it.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::ensure;

use crate::checkout::Checkout;
use crate::context::Context;
use crate::log::Log;
use crate::report::{Outcome, Report};
use crate::steps::{self, Step};

/// How much is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Before a push.
    Check,
    /// In CI.
    Test,
}

#[derive(clap::Args)]
pub(crate) struct Choice {
    /// Runs this step alone (may be given several times; a group such as `conformance` too)
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
}

/// Runs the steps of `scope` and prints what came of them.
pub(crate) fn run(checkout: Checkout, scope: Scope, choice: &Choice) -> anyhow::Result<ExitCode> {
    let context = Context::new(checkout, scope);
    let steps = choice.apply(all(&context))?;
    let mut report = Report::default();
    for step in steps {
        println!("{} …", step.name);
        let outcome = run_one(&context, &step)?;
        println!("{}", outcome.line());
        report.add(outcome);
    }
    // The cluster's end belongs before the verdict.
    drop(context);
    report.print();
    Ok(if report.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn all(context: &Context) -> Vec<Step> {
    let mut steps = steps::rust::fast();
    steps.extend(steps::rust::tested());
    if context.scope == Scope::Test {
        steps.push(steps::web::step());
        steps.extend(steps::rust::on_postgres());
        steps.extend(steps::conformance::steps(&context.checkout));
        steps.push(steps::browser::step());
    }
    steps
}

fn run_one(context: &Context, step: &Step) -> anyhow::Result<Outcome> {
    let mut log = Log::create(&context.folder(), &step.name)?;
    let started = Instant::now();
    let result = (step.run)(context, &mut log);
    let text = log.text()?;
    let totals = step.counting.totals(&text);
    Ok(Outcome::new(step, result, totals, started.elapsed()).with_log(text))
}

impl Choice {
    fn apply(&self, steps: Vec<Step>) -> anyhow::Result<Vec<Step>> {
        for wanted in &self.only {
            let known = steps.iter().any(|step| step.is_called(wanted));
            let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
            ensure!(known, "no step is called {wanted}; there are: {}", names.join(", "));
        }
        let chosen =
            |step: &Step| self.only.is_empty() || self.only.iter().any(|name| step.is_called(name));
        Ok(steps.into_iter().filter(chosen).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::Counting;

    fn names(only: &[&str]) -> anyhow::Result<Vec<String>> {
        let step = |name: &str| Step::new(name, Counting::Nothing, |_, _| Ok(()));
        let steps = vec![step("fmt"), step("conformance/a"), step("conformance/b")];
        let choice = Choice { only: only.iter().map(ToString::to_string).collect() };
        Ok(choice.apply(steps)?.into_iter().map(|step| step.name).collect())
    }

    #[test]
    fn without_a_choice_everything_runs() {
        assert_eq!(names(&[]).unwrap(), ["fmt", "conformance/a", "conformance/b"]);
    }

    #[test]
    fn a_group_stands_for_its_members() {
        assert_eq!(names(&["conformance"]).unwrap(), ["conformance/a", "conformance/b"]);
        assert_eq!(names(&["conformance/b"]).unwrap(), ["conformance/b"]);
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_names_of_the_others() {
        assert!(names(&["format"]).unwrap_err().to_string().contains("fmt, conformance/a"));
    }
}
