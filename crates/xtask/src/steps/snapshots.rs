//! Snapshot files that no test reads any more. `insta` writes down which it read.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::ensure;

use crate::context::Context;
use crate::log::Log;

/// Forgets what earlier runs read.
pub(crate) fn forget(context: &Context) {
    // There may have been none.
    let _ = fs::remove_file(list(context));
}

/// Lets the tests of `command` write down the snapshots that they read.
pub(crate) fn record(context: &Context, command: &mut Command) {
    command.env("INSTA_SNAPSHOT_REFERENCES_FILE", list(context));
}

/// Fails when a snapshot file was read by none of the recorded tests.
pub(crate) fn run(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let read = fs::read_to_string(list(context)).unwrap_or_default();
    let read: BTreeSet<PathBuf> =
        read.lines().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let mut unused = 0;
    for file in context.checkout.files()? {
        let path = fs::canonicalize(context.checkout.root.join(&file.path))?;
        if path.extension().is_some_and(|kind| kind == "snap") && !read.contains(&path) {
            log.note(&format!("{}: no test reads it", file.path))?;
            unused += 1;
        }
    }
    ensure!(unused == 0, "{unused} unused snapshots");
    Ok(())
}

fn list(context: &Context) -> PathBuf {
    context.folder().join("snapshots")
}
