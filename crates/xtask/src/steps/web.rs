//! The web client: types, lint and unit tests, all behind `npm run check`.

use crate::context::Context;
use crate::log::Log;
use crate::steps::Counting::Runners;
use crate::steps::{Step, npm};

pub(crate) fn step() -> Step {
    Step::new("web", Runners, run)
}

fn run(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    npm::install(context, "web", log)?;
    log.run(context.program("npm", "web").args(["run", "check"]))
}
