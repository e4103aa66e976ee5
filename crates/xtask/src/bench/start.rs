//! From the start of the process to its first line, and the memory of an instance that nobody
//! uses.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;

use super::programs::{End, Programs};
use super::sample::median;
use super::table::Row;

const ROUNDS: usize = 9;
const GOAL: Duration = Duration::from_millis(100);
const GOAL_KIB: u64 = 30_000_000 / 1_024;
/// After this an instance has done all that it does at its start.
const SETTLING: Duration = Duration::from_secs(5);

pub(crate) fn measure(programs: &Programs) -> anyhow::Result<Vec<Row>> {
    println!("start …");
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let data = programs.fresh("start")?;
        first.push(start(programs, &data)?);
        again.push(start(programs, &data)?);
    }
    let row = |what: &str, times: &mut [Duration]| -> anyhow::Result<Row> {
        let took = median(times).context("no round")?;
        let result = format!("{:.0} ms", took.as_secs_f64() * 1e3);
        Ok(Row::new(what, result).goal("100 ms", took <= GOAL))
    };
    let data = programs.fresh("start")?;
    let rows = vec![
        row("start to listening, first (makes database and demo world)", &mut first)?,
        row("start to listening, again", &mut again)?,
        memory(programs, &data)?,
    ];
    fs::remove_dir_all(data)?;
    Ok(rows)
}

fn start(programs: &Programs, data: &Path) -> anyhow::Result<Duration> {
    programs.teahouse(data, &[], &[], End::Clean).map(|server| server.took)
}

#[expect(clippy::disallowed_methods, reason = "time without work is what is measured")]
fn memory(programs: &Programs, data: &Path) -> anyhow::Result<Row> {
    let server = programs.teahouse(data, &[], &[], End::Clean)?;
    thread::sleep(SETTLING);
    let status = fs::read_to_string(format!("/proc/{}/status", server.process()))?;
    let (whole, own) = (kib(&status, "VmRSS")?, kib(&status, "RssAnon")?);
    let megabytes = |kib: u64| kib * 1_024 / 100_000;
    let text = |kib| format!("{}.{} MB", megabytes(kib) / 10, megabytes(kib) % 10);
    Ok(Row::new("idle memory (RSS)", text(whole))
        .ratio(format!("{} of it anonymous", text(own)))
        .goal("30 MB", whole <= GOAL_KIB))
}

/// A line such as `VmRSS:     23456 kB`.
fn kib(status: &str, name: &str) -> anyhow::Result<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = line.and_then(|line| line.split_ascii_whitespace().next());
    number.and_then(|number| number.parse().ok()).with_context(|| format!("no {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_status_is_read() {
        let status = "VmHWM:\t   9 kB\nVmRSS:\t   23456 kB\n";
        assert_eq!(kib(status, "VmRSS").unwrap(), 23_456);
        assert!(kib(status, "RssAnon").is_err());
    }
}
