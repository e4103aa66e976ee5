//! One command for people and for CI: `cargo xtask help` lists what it does.
//!
//! It uses nothing of the workspace: it drives cargo, npm, PostgreSQL and the binary as processes.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its whole work is to tell people")]

mod bench;
mod checkout;
mod cluster;
mod codegen;
mod context;
mod daemon;
mod log;
mod plan;
mod report;
mod steps;
mod tidy;
mod tools;
mod totals;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::checkout::Checkout;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Checks, tests and writes what is generated")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// What to run before a push: format, lints, docs, tidy, unit tests, the suite on SQLite
    Check(plan::Choice),
    /// Everything that CI runs: check, PostgreSQL, partitions, web, conformance, browser
    Test(plan::Choice),
    /// The conventions that no compiler knows
    Tidy,
    /// Writes the OpenAPI document and the types of the web client
    Codegen(codegen::Arguments),
    /// Measures speed and memory on this machine, with a release build
    Bench(bench::Arguments),
    /// Runs a command beside a PostgreSQL of its own, named in `TEAHOUSE_TEST_POSTGRES`
    Postgres(cluster::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let checkout = Checkout::find()?;
    match command {
        Command::Check(choice) => plan::run(checkout, plan::Scope::Check, &choice),
        Command::Test(choice) => plan::run(checkout, plan::Scope::Test, &choice),
        Command::Tidy => tidy::run(&checkout),
        Command::Codegen(arguments) => codegen::run(checkout, &arguments),
        Command::Bench(arguments) => bench::run(checkout, &arguments),
        Command::Postgres(arguments) => cluster::run(&arguments),
    }
}
