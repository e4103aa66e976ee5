//! Who used the processors, as Linux counts it.

use std::fs;
use std::time::Instant;

use anyhow::Context as _;
use serde::Serialize;

/// Linux counts in hundredths of a second towards programs, whatever its own tick is.
const TICKS_A_SECOND: f64 = 100.0;

/// The counters at one moment, in seconds since the start of each.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    at: Instant,
    own: f64,
    server: f64,
    /// Everything that ran or was taken away by the machine below this one.
    busy: f64,
    cores: f64,
}

/// How busy everybody was between two readings, as shares of all cores.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Shares {
    pub(crate) generator: f64,
    pub(crate) server: f64,
    pub(crate) others: f64,
}

impl Reading {
    pub(crate) fn take(server: u32) -> anyhow::Result<Self> {
        let (busy, cores) = machine()?;
        Ok(Self {
            at: Instant::now(),
            own: process("self")?,
            server: process(&server.to_string())?,
            busy,
            cores,
        })
    }

    pub(crate) fn shares_since(self, before: Self) -> Shares {
        let whole = (self.at - before.at).as_secs_f64() * self.cores;
        let (generator, server) = (self.own - before.own, self.server - before.server);
        let others = (self.busy - before.busy - generator - server).max(0.0);
        Shares { generator: generator / whole, server: server / whole, others: others / whole }
    }

    /// Processor time that the server used since, in microseconds.
    pub(crate) fn server_micros_since(self, before: Self) -> f64 {
        (self.server - before.server) * 1e6
    }
}

/// User and system time of a process.
fn process(id: &str) -> anyhow::Result<f64> {
    let text = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name may hold anything; what follows it does not.
    let (_, fields) = text.rsplit_once(')').context("a process has a name")?;
    let mut fields = fields.split_ascii_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    let (user, system) = (ticks().context("user time")?, ticks().context("system time")?);
    Ok((user + system) / TICKS_A_SECOND)
}

/// What all cores did, and how many there are.
fn machine() -> anyhow::Result<(f64, f64)> {
    let text = fs::read_to_string("/proc/stat")?;
    let total = text.lines().next().context("the line of all cores")?;
    let ticks: Vec<f64> =
        total.split_ascii_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal; what follows is part of the first two.
    let busy = ticks.iter().take(8).sum::<f64>() - ticks.iter().skip(3).take(2).sum::<f64>();
    let is_core = |line: &&str| line.starts_with("cpu") && !line.starts_with("cpu ");
    let cores = text.lines().filter(is_core).count();
    Ok((busy / TICKS_A_SECOND, f64::from(u32::try_from(cores)?)))
}
