//! The packages of a folder with a `package-lock.json`.

use std::path::Path;
use std::time::SystemTime;

use crate::context::Context;
use crate::log::Log;
use crate::tools;

/// Installs what the lock file of `folder` (from the root) names, unless it was done before.
pub(crate) fn install(context: &Context, folder: &str, log: &mut Log) -> anyhow::Result<()> {
    tools::node()?;
    let path = context.checkout.root.join(folder);
    // npm writes this file when it is done.
    let installed = changed(&path.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(&path.join("package-lock.json")) {
        return Ok(());
    }
    let mut command = context.program("npm", folder);
    log.run(command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}
