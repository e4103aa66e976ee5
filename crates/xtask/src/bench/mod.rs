//! `cargo xtask bench`: what the product's promises of speed are worth on this machine. A release
//! build, a fresh instance on a real disk for each measurement, rivals measured in the same run.
//!
//! The programs that need the workspace's crates are examples of `server`; this drives them.

mod inbound;
mod machine;
mod postgres;
mod programs;
mod sample;
mod start;
mod table;
mod typing;

use std::process::ExitCode;

use crate::checkout::Checkout;
use machine::Machine;
use programs::Programs;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measures this alone
    #[arg(long)]
    only: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// `message/custom/typing` with all its checks, against a bare axum route
    Typing,
    /// Durable messages of people, in process and over HTTP, beside PostgreSQL
    Inbound,
    /// From the start to listening, and idle memory
    Start,
}

/// `cargo xtask bench`
pub(crate) fn run(checkout: Checkout, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let programs = Programs::build(checkout)?;
    let machine = Machine::look(programs.folder())?;
    println!("{machine}\n");
    let mut rows = Vec::new();
    for part in [Part::Typing, Part::Inbound, Part::Start] {
        if arguments.only.is_none_or(|only| only == part) {
            rows.extend(match part {
                Part::Typing => typing::measure(&programs)?,
                Part::Inbound => inbound::measure(&programs)?,
                Part::Start => start::measure(&programs)?,
            });
        }
    }
    println!("\n{}", table::format(&rows));
    Ok(ExitCode::SUCCESS)
}
