//! One run of a closure, and what it means for its transaction.

use crate::call::Work;
use crate::counters::Wanted;
use crate::tx::State;
use crate::{Error, Tx};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How often a closure may ask for numbers that other threads then take before it.
pub(crate) const LEASES: usize = 64;

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// It succeeded: what it wrote may be kept.
    Kept,
    /// It failed, with its own error or with one that overrules what it said.
    Failed(Option<Error>),
    /// It needs numbers, and runs again when the node has them.
    Wants(Wanted),
}

/// Runs a closure once. Its wakes stay only if what it wrote may be kept.
pub(crate) fn attempt(work: &mut dyn Work, tx: &mut Tx<'_>) -> Run {
    let wakes = tx.wakes.len();
    // The closure's own state is thrown away after a panic, and the connection's is rolled back.
    let ran = catch_unwind(AssertUnwindSafe(|| work.run(tx)));
    let run = match (ran, tx.state) {
        (_, State::Wants(wanted)) => Run::Wants(wanted),
        (Err(panic), _) => Run::Failed(Some(Error::Panicked(words(&*panic)))),
        (Ok(true), State::Open) => Run::Kept,
        // It went on after a failed statement and claims success; PostgreSQL could not commit.
        (Ok(true), State::Failed) => Run::Failed(Some(Error::Aborted)),
        (Ok(false), _) => Run::Failed(None),
    };
    if run != Run::Kept {
        tx.wakes.truncate(wakes);
    }
    run
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Tells of the wakes of a commit. A listener that panics must not take the database with it.
pub(crate) fn announce(on_wake: &dyn Fn(&[crate::Wake]), wakes: &mut Vec<crate::Wake>) {
    if wakes.is_empty() {
        return;
    }
    if catch_unwind(AssertUnwindSafe(|| on_wake(wakes))).is_err() {
        tracing::error!("the listener to wakes panicked");
    }
    wakes.clear();
}
