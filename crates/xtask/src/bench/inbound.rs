//! Durable messages of people, each with all that it writes: number, message, chat row, fact, and
//! the job of its push. The jobs stay queued, because the accounts' server takes the first push and
//! never answers, so that what is measured is taking messages; one row says what is left when every
//! push is made at the same time.

use std::fs;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use super::postgres::Rival;
use super::programs::{End, Programs, objects};
use super::sample::{Sample, middle};
use super::table::Row;

const ROUNDS: usize = 3;
/// Seconds of the measurements in process and of PostgreSQL.
const SHORT_SECS: u64 = 5;
const CALLERS: &str = "512";
/// Messages a second.
const GOAL_IN_PROCESS: f64 = 20_000.0;
const GOAL_OVER_HTTP: f64 = 10_000.0;
const GOAL_P99_MS: f64 = 50.0;
/// One push may hang for as long as the measurement takes.
const QUEUED: [(&str, &str); 2] =
    [("TEAHOUSE_JOBS_WORKERS", "1"), ("TEAHOUSE_CALLBACKS_TIMEOUT_MS", "3600000")];

/// How many people wrote, and of how many the last acknowledged message was still there.
struct Kept {
    people: u64,
    kept: u64,
}

pub(crate) fn measure(programs: &Programs) -> anyhow::Result<Vec<Row>> {
    let rival = Rival::start(programs)?;
    let (mut in_process, mut over_http, mut postgres) = (Vec::new(), Vec::new(), Vec::new());
    let mut crashed = Kept { people: 0, kept: 0 };
    for round in 1..=ROUNDS {
        println!("inbound, round {round} of {ROUNDS} …");
        in_process.push(measure_in_process(programs)?);
        let (sample, kept) = measure_until_killed(programs)?;
        over_http.push(sample);
        crashed = Kept { people: crashed.people + kept.people, kept: crashed.kept + kept.kept };
        postgres.push(of_rate(rival.measure(SHORT_SECS)?));
    }
    let over_http = middle(&over_http)?;
    println!("inbound, at a fixed rate …");
    let steady_rate = GOAL_OVER_HTTP.min(0.8 * over_http.rate);
    let steady = measure_steady(programs, steady_rate)?;
    println!("inbound, with its pushes …");
    let (answered, pushed) = measure_answered(programs)?;
    let (in_process, postgres) = (middle(&in_process)?, middle(&postgres)?);
    let beside = |sample: &Sample| format!("{:.2} of PostgreSQL", sample.rate / postgres.rate);
    Ok(vec![
        Row::of("inbound in process, 512 callers", &in_process)
            .ratio(beside(&in_process))
            .goal("20,000/s", in_process.rate >= GOAL_IN_PROCESS),
        Row::of("inbound over HTTP, 512 connections", &over_http)
            .ratio(beside(&over_http))
            .goal("10,000/s", over_http.rate >= GOAL_OVER_HTTP),
        Row::of(format!("the same at {steady_rate:.0}/s"), &steady).goal(
            "10,000/s, p99 50 ms",
            steady_rate >= GOAL_OVER_HTTP && steady.p99_ms < GOAL_P99_MS,
        ),
        Row::of("the same, every push made and answered", &answered)
            .ratio(format!("{pushed:.0} pushes/s meanwhile")),
        Row::new("PostgreSQL, one insert, 64 connections", format!("{:.0}/s", postgres.rate))
            .ratio("1"),
        Row::new(
            "last acknowledged after SIGKILL",
            format!("{} of {} there", crashed.kept, crashed.people),
        )
        .goal("all", crashed.kept == crashed.people),
    ])
}

fn of_rate(rate: f64) -> Sample {
    Sample { rate, p99_ms: f64::NAN, server_micros: None, generator: None, others: None }
}

fn measure_in_process(programs: &Programs) -> anyhow::Result<Sample> {
    let folder = programs.fresh("in-process")?;
    let mut command = programs.inbound(&folder);
    command.args(["--callers", CALLERS, "--seconds", &SHORT_SECS.to_string()]);
    let said = only(objects(&mut command)?)?;
    fs::remove_dir_all(folder)?;
    let number = |name: &str| said[name].as_f64().with_context(|| format!("no {name}"));
    Ok(Sample { p99_ms: number("p99_micros")? / 1_000.0, ..of_rate(number("rate")?) })
}

/// Measures over HTTP, kills the server under that load, starts it again, and looks.
fn measure_until_killed(programs: &Programs) -> anyhow::Result<(Sample, Kept)> {
    let data = programs.fresh("over-http")?;
    let state = programs.folder().join("acknowledged.json");
    let server = programs.teahouse(&data, &["--empty"], &QUEUED, End::Killed)?;
    let mut load = programs.load();
    load.args(["inbound", "--pushes", "queued", "--connections", CALLERS]);
    load.args(["--server", &server.target()]).arg("--until-killed").arg(&state);
    let said = Programs::kill_after_first_line(&mut load, server)?;
    let again = programs.teahouse(&data, &["--empty"], &QUEUED, End::Clean)?;
    let mut verify = programs.load();
    verify.args(["verify", "--address", &again.address, "--state"]).arg(&state);
    let found = only(objects(&mut verify)?)?;
    drop(again);
    fs::remove_file(state)?;
    fs::remove_dir_all(data)?;
    let count = |name: &str| found[name].as_u64().with_context(|| format!("no {name}"));
    let kept = Kept { people: count("people")?, kept: count("kept")? };
    Ok((Sample::read(&said["summary"])?, kept))
}

fn measure_steady(programs: &Programs, rate: f64) -> anyhow::Result<Sample> {
    let said = measure_whole(programs, &QUEUED, &["queued", "--rate", &rate.to_string()])?;
    Sample::read(&said["summary"])
}

/// What is taken, and the pushes that are made meanwhile.
fn measure_answered(programs: &Programs) -> anyhow::Result<(Sample, f64)> {
    let said = measure_whole(programs, &[], &["answered"])?;
    let pushed = said["pushed_rate"].as_f64().context("no rate of pushes")?;
    Ok((Sample::read(&said["summary"])?, pushed))
}

fn measure_whole(
    programs: &Programs,
    settings: &[(&str, &str)],
    pushes: &[&str],
) -> anyhow::Result<Value> {
    let data = programs.fresh("over-http")?;
    // What is queued when it ends would only be thrown away.
    let server = programs.teahouse(&data, &["--empty"], settings, End::Killed)?;
    let mut load = programs.load();
    load.args(["inbound", "--connections", CALLERS, "--server", &server.target(), "--pushes"]);
    let said = only(objects(load.args(pushes))?)?;
    drop(server);
    fs::remove_dir_all(data)?;
    Ok(said)
}

fn only(mut said: Vec<Value>) -> anyhow::Result<Value> {
    ensure!(said.len() == 1, "one line was expected, not {}", said.len());
    said.pop().context("one line")
}
