//! Connections: the address, and how each session is set.

use postgres::{Client, Config, NoTls};
use std::time::Duration;

/// A server that does not answer in this time is taken for gone.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Settings of a session. A closure is meant to take 50 ms, so whatever lasts this long is stuck.
const SETTINGS: &str = "-c default_transaction_isolation=read\\ committed -c statement_timeout=30s \
     -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c client_min_messages=error";

/// Reads the address.
pub(super) fn config(url: &str) -> Result<Config, postgres::Error> {
    let mut config: Config = url.parse()?;
    let options = format!("{SETTINGS} {}", config.get_options().unwrap_or_default());
    config.options(options.trim()).connect_timeout(CONNECT_TIMEOUT);
    if config.get_application_name().is_none() {
        config.application_name("teahouse");
    }
    Ok(config)
}

pub(super) fn connect(config: &Config) -> Result<Client, postgres::Error> {
    config.connect(NoTls)
}
