//! Runs Node and npm.

use std::path::Path;
use std::process::Command;

use crate::Result;

const WANTED: &str = "the web client is built with Node ^20.19 or >= 22.12 and npm: install it, or \
                      set TEAHOUSE_WEB_DIST=none to build without the client";

/// Vite's own requirement.
pub(crate) fn require_version() -> Result<()> {
    let output = Command::new("node").arg("--version").output();
    let output = output.map_err(|error| format!("{WANTED} (node does not start: {error})"))?;
    let version = String::from_utf8_lossy(&output.stdout);
    if is_new_enough(version.trim()) {
        return Ok(());
    }
    Err(format!("{WANTED} (this is {})", version.trim()))
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(20)), Some(Ok(minor))) => minor >= 19,
        (Some(Ok(22)), Some(Ok(minor))) => minor >= 12,
        (Some(Ok(major)), _) => major > 22,
        _ => false,
    }
}

pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new("node");
    command.current_dir(folder);
    command
}

pub(crate) fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// Runs to the end; what it printed is shown only when it failed.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<()> {
    let output = command.output().map_err(|error| format!("{WANTED} ({name}: {error})"))?;
    if output.status.success() {
        return Ok(());
    }
    let printed = [output.stdout, output.stderr].concat();
    for line in String::from_utf8_lossy(&printed).lines() {
        println!("cargo::warning={line}");
    }
    Err(format!("{name} failed ({}); its output is above", output.status))
}
