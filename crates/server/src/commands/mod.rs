//! The command line: a file for each subcommand.

mod backup;
mod codegen;
mod dev;
mod endpoints;
mod offline;
mod output;
mod restore;
mod serve;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::configuration::{Configuration, Flags};

/// Official-accounts platform that you can run yourself, wire-compatible with WeChat's.
#[derive(Parser)]
#[command(name = "teahouse", version, about, disable_help_subcommand = false)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// The whole platform on this machine, with the sandbox and a small demo world (the default)
    Dev(dev::Arguments),
    /// The platform for people: no demo world, the sandbox only if the configuration says so
    Serve(serve::Arguments),
    /// Every official endpoint: done, planned or refused
    Endpoints(endpoints::Arguments),
    /// Writes database, files and key of an instance into one file, also while it runs
    Backup(backup::Arguments),
    /// Brings a backup back, into an empty folder
    Restore(restore::Arguments),
    /// Checks structure, counters and files of an instance that does not run
    Verify(verify::Arguments),
    /// Prints the OpenAPI document of our own API
    #[command(hide = true)]
    CodegenOpenapi,
}

/// Runs the command that the process was started with. What goes wrong is one sentence on
/// standard error, and the exit code 1.
pub fn run() -> ExitCode {
    let command = Arguments::parse().command;
    let ended = match command.unwrap_or(Command::Dev(dev::Arguments::default())) {
        Command::Dev(arguments) => dev::run(arguments).map(|()| ExitCode::SUCCESS),
        Command::Serve(arguments) => serve::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Endpoints(arguments) => endpoints::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Backup(arguments) => backup::run(arguments).map(|()| ExitCode::SUCCESS),
        Command::Restore(arguments) => restore::run(arguments).map(|()| ExitCode::SUCCESS),
        Command::Verify(arguments) => verify::run(arguments),
        Command::CodegenOpenapi => codegen::run().map(|()| ExitCode::SUCCESS),
    };
    ended.unwrap_or_else(|error| {
        output::complain(&error);
        ExitCode::FAILURE
    })
}

/// The configuration from a file, this process's environment and flags.
fn configure(file: Option<&std::path::Path>, flags: Flags) -> anyhow::Result<Configuration> {
    // A variable that is not text cannot be one of ours.
    let environment = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Configuration::load(file, environment, flags)
}
