//! What the load generator measured in one round.

use anyhow::Context as _;
use serde_json::Value;

/// One round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sample {
    /// Answers a second.
    pub(crate) rate: f64,
    pub(crate) p99_ms: f64,
    /// Processor time of the server for each answer, if it is another process than the generator.
    pub(crate) server_micros: Option<f64>,
    /// Shares of all cores.
    pub(crate) generator: Option<f64>,
    /// Of whoever else ran on the machine.
    pub(crate) others: Option<f64>,
}

impl Sample {
    /// Reads a `summary` of the load generator.
    pub(crate) fn read(summary: &Value) -> anyhow::Result<Self> {
        let number = |name: &str| summary[name].as_f64().with_context(|| format!("no {name}"));
        Ok(Self {
            rate: number("rate")?,
            p99_ms: number("p99_ms")?,
            server_micros: Some(number("server_micros_each")?),
            generator: summary["cpu"]["generator"].as_f64(),
            others: summary["cpu"]["others"].as_f64(),
        })
    }
}

/// The round whose rate is in the middle.
pub(crate) fn middle(samples: &[Sample]) -> anyhow::Result<Sample> {
    let mut samples = samples.to_vec();
    samples.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    samples.get(samples.len() / 2).copied().context("no round was measured")
}

/// The value in the middle.
pub(crate) fn median<T: Ord + Copy>(values: &mut [T]) -> Option<T> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(rate: f64) -> Sample {
        Sample { rate, p99_ms: 1.0, server_micros: None, generator: None, others: None }
    }

    #[test]
    fn the_middle_round_is_by_its_rate() {
        let rates = [3.0, 9.0, 5.0].map(sample);
        assert_eq!(middle(&rates).unwrap(), sample(5.0));
        assert!(middle(&[]).is_err());
        assert_eq!(median(&mut [4, 1, 2]), Some(2));
    }
}
