//! The main job in a real browser, against the binary with its own client and the demo world.

use std::process::Stdio;

use anyhow::ensure;

use crate::context::Context;
use crate::daemon::Daemon;
use crate::log::Log;
use crate::steps::Counting::Runners;
use crate::steps::{Step, npm};
use crate::tools;

pub(crate) fn step() -> Step {
    Step::new("browser", Runners, run)
}

fn run(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    ensure!(
        std::env::var_os("TEAHOUSE_WEB_DIST").is_none_or(|value| value != "none"),
        "TEAHOUSE_WEB_DIST=none leaves no client to test"
    );
    npm::install(context, "web", log)?;
    tools::chromium(log)?;
    let mut command = context.program(&context.build(log)?.binary, "");
    command.args(["dev", "--memory", "--listen", "127.0.0.1:0"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log.stream()?);
    let (_server, url) = Daemon::start(&mut command, "TERM", |line| {
        line.strip_prefix("listening on ").map(str::to_owned)
    })?;
    log.run(context.program("npm", "web/e2e").args(["run", "e2e", "--", "--url", &url]))
}
