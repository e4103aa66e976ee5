//! `message/custom/typing` with all its checks, over 100 accounts, against a bare axum route that
//! reads the same body. Rounds alternate, so that a busy moment of the machine meets both.

use anyhow::ensure;

use super::programs::{End, Programs, objects};
use super::sample::{Sample, middle};
use super::table::Row;

const ROUNDS: usize = 5;
/// Of what the bare route answers.
const GOAL: f64 = 0.6;

pub(crate) fn measure(programs: &Programs) -> anyhow::Result<Vec<Row>> {
    println!("typing …");
    let data = programs.fresh("typing")?;
    let teahouse = programs.teahouse(&data, &["--empty"], &[], End::Clean)?;
    let peer = programs.bare()?;
    let mut load = programs.load();
    load.args(["typing", "--teahouse", &teahouse.target(), "--peer", &peer.target()]);
    load.args(["--rounds", &ROUNDS.to_string()]);
    let rounds = objects(&mut load)?;
    let of = |name: &str| -> anyhow::Result<Vec<Sample>> {
        let named = rounds.iter().filter(|round| round["name"] == name);
        named.map(|round| Sample::read(&round["summary"])).collect()
    };
    let (ours, theirs) = (of("teahouse")?, of("peer")?);
    ensure!(ours.len() == ROUNDS && theirs.len() == ROUNDS, "rounds are missing");
    let pairs = ours.iter().zip(&theirs).map(|(one, other)| one.rate / other.rate);
    let (least, most) =
        pairs.fold((f64::MAX, 0.0_f64), |(least, most), ratio| (least.min(ratio), most.max(ratio)));
    let (one, other) = (middle(&ours)?, middle(&theirs)?);
    let ratio = one.rate / other.rate;
    let spread = format!("{ratio:.2} of bare axum (rounds {least:.2} to {most:.2})");
    Ok(vec![
        Row::of("typing, all checks, 100 accounts", &one)
            .ratio(spread)
            .goal(&format!("{GOAL:.2}"), ratio >= GOAL),
        Row::of("bare axum route, same body", &other).ratio("1"),
    ])
}
