//! The steps: each is a name, a function, and a way to count the tests that it ran.

pub(crate) mod browser;
pub(crate) mod conformance;
pub(crate) mod licences;
pub(crate) mod npm;
pub(crate) mod rust;
mod snapshots;
pub(crate) mod web;

use crate::context::Context;
use crate::log::Log;
use crate::totals::{self, Totals};

/// One step of a run.
pub(crate) struct Step {
    /// Members of a group are called `group/member`.
    pub(crate) name: String,
    pub(crate) counting: Counting,
    pub(crate) run: Box<Run>,
}

type Run = dyn Fn(&Context, &mut Log) -> anyhow::Result<()>;

/// How a step's tests are counted from its log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counting {
    /// It runs no tests.
    Nothing,
    /// Every closing line of a test runner counts.
    Runners,
    /// The last line `N passed, M failed` is the sum of all that came before.
    LastLine,
}

impl Step {
    pub(crate) fn new(
        name: impl Into<String>,
        counting: Counting,
        run: impl Fn(&Context, &mut Log) -> anyhow::Result<()> + 'static,
    ) -> Self {
        Self { name: name.into(), counting, run: Box::new(run) }
    }

    /// Whether `name` means this step or its group.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let rest = self.name.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl Counting {
    pub(crate) fn totals(self, log: &str) -> Totals {
        match self {
            Self::Nothing => Totals::default(),
            Self::Runners => totals::of_runners(log),
            Self::LastLine => totals::of_last_line(log),
        }
    }
}
