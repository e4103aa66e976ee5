//! The time that counts: after a warm-up, and before the end.

use std::time::Duration;

use serde::Serialize;
use tokio::time::{Instant, sleep_until};

use crate::cpu::{Reading, Shares};
use crate::target::Target;

/// From one instant to another.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) from: Instant,
    pub(crate) until: Instant,
}

/// What one connection saw inside the window.
#[derive(Default)]
pub(crate) struct Tally {
    latencies_micros: Vec<u32>,
}

/// What all connections saw together.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Summary {
    /// Answers a second.
    pub(crate) rate: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// Processor time of the server for each answer.
    pub(crate) server_micros_each: f64,
    pub(crate) cpu: Shares,
}

impl Window {
    /// A window that opens after a warm-up.
    pub(crate) fn after(warm_up: Duration, length: Duration) -> Self {
        let from = Instant::now() + warm_up;
        Self { from, until: from + length }
    }

    /// Its length.
    pub(crate) fn secs(&self) -> f64 {
        (self.until - self.from).as_secs_f64()
    }

    pub(crate) fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// Waits for the window, and reads the processors' counters at both its ends.
    pub(crate) async fn observe(self, target: Target) -> anyhow::Result<(Reading, Reading)> {
        sleep_until(self.from).await;
        let before = Reading::take(target.process)?;
        sleep_until(self.until).await;
        Ok((before, Reading::take(target.process)?))
    }
}

impl Tally {
    /// Counts an answer that came just now to what was due at `begun`.
    pub(crate) fn count(&mut self, window: &Window, begun: Instant) {
        let now = Instant::now();
        if window.from <= now && now < window.until {
            let micros = (now - begun).as_micros();
            self.latencies_micros.push(u32::try_from(micros).unwrap_or(u32::MAX));
        }
    }
}

impl Summary {
    pub(crate) fn new(
        window: Window,
        tallies: impl IntoIterator<Item = Tally>,
        (before, after): (Reading, Reading),
    ) -> Self {
        let mut latencies: Vec<u32> =
            tallies.into_iter().flat_map(|tally| tally.latencies_micros).collect();
        latencies.sort_unstable();
        let at = |share: usize| {
            let place = latencies.len().saturating_sub(1) * share / 100;
            latencies.get(place).map_or(f64::NAN, |micros| f64::from(*micros) / 1_000.0)
        };
        let answers = f64::from(u32::try_from(latencies.len()).unwrap_or(u32::MAX));
        Self {
            rate: answers / window.secs(),
            p50_ms: at(50),
            p99_ms: at(99),
            server_micros_each: after.server_micros_since(before) / answers,
            cpu: after.shares_since(before),
        }
    }
}
