//! `teahouse serve`: the platform for people.

use std::path::PathBuf;

use anyhow::ensure;
use tokio::runtime::Runtime;

use super::output::print;
use crate::configuration::Flags;
use crate::instance::{Instance, Plan};
use crate::logs;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A configuration file; config.default.toml is the manual
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    logs::start()?;
    let configuration = super::configure(arguments.config.as_deref(), Flags::default())?;
    ensure!(
        !configuration.sandbox.enabled || configuration.sandbox.key().is_some(),
        "the sandbox is enabled without a key; set sandbox.key, or switch it off"
    );
    let plan = Plan { mode: webapi::Mode::Serve, configuration, memory: false };
    Runtime::new()?.block_on(async {
        let instance = Instance::start(&plan).await?;
        print(&format!("listening on http://{}\n", instance.address))?;
        instance.run().await;
        Ok(())
    })
}
