//! Logs go to standard error, filtered by `TEAHOUSE_LOG` or `RUST_LOG`.

use std::io::{IsTerminal as _, stderr};

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

const VARIABLES: [&str; 2] = ["TEAHOUSE_LOG", "RUST_LOG"];
const DEFAULT: &str = "info";

/// Starts logging. To be called once.
pub(crate) fn start() -> anyhow::Result<()> {
    let set = VARIABLES.iter().find_map(|name| {
        let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
        Some((*name, text))
    });
    let (name, text) = set.unwrap_or(("", DEFAULT.to_owned()));
    let filter = EnvFilter::try_new(&text).with_context(|| format!("{name} is no filter"))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .init();
    Ok(())
}
