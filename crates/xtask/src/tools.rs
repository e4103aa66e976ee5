//! The programs that the steps need. As root on Debian what is missing is installed; elsewhere the
//! error names it and how to get it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail, ensure};

use crate::log::Log;

/// The folder of PostgreSQL's programs.
pub(crate) fn postgres(log: &mut Log) -> anyhow::Result<PathBuf> {
    if let Some(folder) = postgres_folder() {
        return Ok(folder);
    }
    install("PostgreSQL", &["postgresql"], log)?;
    postgres_folder().context("package postgresql brought no initdb")
}

/// The folder of PostgreSQL's programs, if they are here: Debian keeps them out of `PATH`.
pub(crate) fn postgres_folder() -> Option<PathBuf> {
    newest_debian_postgres().or_else(|| folder_on_path("initdb")).or_else(|| {
        let output = Command::new("pg_config").arg("--bindir").output().ok()?;
        let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
        folder.join("initdb").is_file().then_some(folder)
    })
}

fn newest_debian_postgres() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let newest = versions
        .filter_map(|version| Some((version.file_name().to_str()?.parse::<u32>().ok()?, version)))
        .filter(|(_, version)| version.path().join("bin/initdb").is_file())
        .max_by_key(|(number, _)| *number)?;
    Some(newest.1.path().join("bin"))
}

/// Node in a version that the web client can be built with.
pub(crate) fn node() -> anyhow::Result<()> {
    let wanted = "Node ^20.19 or >= 22.12 with npm is needed (nodejs.org; Debian 12's is too old)";
    let output = Command::new("node").arg("--version").output().context(wanted)?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    ensure!(is_new_enough(&version), "{wanted}; this is {version}");
    ensure!(folder_on_path("npm").is_some(), "{wanted}; npm is missing");
    Ok(())
}

/// What Vite asks for.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|n| n.parse().ok());
    let (major, minor): (u32, u32) =
        (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    matches!((major, minor), (20, 19..) | (22, 12..) | (23.., _))
}

/// Python with its module for virtual environments.
pub(crate) fn python(log: &mut Log) -> anyhow::Result<()> {
    // Debian ships `venv` without `ensurepip`, which it needs.
    let check = || Command::new("python3").args(["-c", "import ensurepip, venv"]).output();
    if check().is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    install("Python 3 with venv", &["python3", "python3-venv"], log)
}

/// A Chromium for the browser tests.
pub(crate) fn chromium(log: &mut Log) -> anyhow::Result<()> {
    if folder_on_path("chromium").is_some() {
        return Ok(());
    }
    install("Chromium", &["chromium"], log)
}

/// A component of the Rust toolchain, asked for by its cargo command.
pub(crate) fn rust_component(subcommand: &str, component: &str) -> anyhow::Result<()> {
    let output = Command::new("cargo").args([subcommand, "--version"]).output();
    ensure!(
        output.is_ok_and(|output| output.status.success()),
        "cargo {subcommand} is missing: rustup component add {component}"
    );
    Ok(())
}

/// Whether this process may do everything, which PostgreSQL refuses to run with.
pub(crate) fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The first folder of `PATH` that holds `program`.
pub(crate) fn folder_on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).find(|folder| folder.join(program).is_file())
}

fn install(what: &str, packages: &[&str], log: &mut Log) -> anyhow::Result<()> {
    let names = packages.join(" ");
    if !is_root() || !Path::new("/etc/debian_version").exists() {
        bail!("{what} is missing: install it (on Debian: apt-get install {names})");
    }
    for arguments in [&["update"][..], &["install", "-y", "--no-install-recommends"]] {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        if arguments[0] == "install" {
            command.args(packages);
        }
        log.run(&command).with_context(|| format!("{what} is missing and cannot be installed"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_must_be_one_that_vite_runs_on() {
        for version in ["v20.19.0", "v20.20.2", "v22.12.0", "v23.0.0", "v26.1.0"] {
            assert!(is_new_enough(version), "{version}");
        }
        for version in ["v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", "", "node"] {
            assert!(!is_new_enough(version), "{version}");
        }
    }

    #[test]
    fn a_program_is_found_on_the_path_and_a_missing_one_is_not() {
        assert!(folder_on_path("sh").is_some());
        assert_eq!(folder_on_path("a-program-that-nobody-has"), None);
    }
}
