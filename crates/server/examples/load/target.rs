//! The server under load: where it listens, and which process it is.

use std::net::SocketAddr;
use std::str::FromStr;

use anyhow::Context as _;

/// A server, written as `127.0.0.1:8080@PROCESS`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) process: u32,
}

impl FromStr for Target {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (address, process) = text.split_once('@').context("it is ADDRESS@PROCESS")?;
        Ok(Self {
            address: address.parse().context("the address is no HOST:PORT")?,
            process: process.parse().context("the process is no number")?,
        })
    }
}
