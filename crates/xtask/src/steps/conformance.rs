//! Unmodified client programs against a live server: a folder of `conformance/` each, on both
//! engines.
//!
//! A folder holds `run`, which is started in it with `TEAHOUSE_BIN`, the binary, and
//! `TEAHOUSE_DATABASE`, the address of an empty PostgreSQL database, or nothing for SQLite. It
//! starts the servers it wants, prints `N passed, M failed` as its last count, and fails if one
//! did. What its `requirements.txt` names is on its `PATH`, what its `package-lock.json` names in
//! its `node_modules`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::checkout::Checkout;
use crate::context::Context;
use crate::log::Log;
use crate::steps::Counting::LastLine;
use crate::steps::{Step, npm};
use crate::tools;

#[derive(Clone, Copy)]
enum Engine {
    Sqlite,
    Postgres,
}

/// A step for each folder and engine.
pub(crate) fn steps(checkout: &Checkout) -> Vec<Step> {
    let mut steps = Vec::new();
    for folder in checkout.folders("conformance") {
        if !folder.join("run").is_file() {
            continue;
        }
        let client = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (engine, name) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
            let step = format!("conformance/{client}/{name}");
            let client = client.clone();
            steps.push(Step::new(step, LastLine, move |context, log| {
                run(context, &client, engine, log)
            }));
        }
    }
    if steps.is_empty() {
        // Without this an empty folder would pass.
        let nobody = |_: &Context, _: &mut Log| bail!("no folder of conformance/ has a `run`");
        steps.push(Step::new("conformance", LastLine, nobody));
    }
    steps
}

fn run(context: &Context, client: &str, engine: Engine, log: &mut Log) -> anyhow::Result<()> {
    let folder = format!("conformance/{client}");
    let path = context.checkout.root.join(&folder);
    let database = match engine {
        Engine::Sqlite => String::new(),
        Engine::Postgres => {
            let name = format!("conformance_{}", client.replace('-', "_"));
            context.cluster(log)?.create_database(&name)?
        }
    };
    let mut command = context.program(path.join("run"), &folder);
    command.env("TEAHOUSE_BIN", &context.build(log)?.binary).env("TEAHOUSE_DATABASE", database);
    if path.join("package-lock.json").is_file() {
        npm::install(context, &folder, log)?;
    }
    let requirements = path.join("requirements.txt");
    if requirements.is_file() {
        let environment = context.folder().join("python").join(client);
        install(&environment, &requirements, log)?;
        activate(&environment, &mut command)?;
    }
    log.run(&command)
}

/// Makes a virtual environment with the packages of `requirements`, unless that was done before.
fn install(environment: &Path, requirements: &Path, log: &mut Log) -> anyhow::Result<()> {
    let wanted = fs::read(requirements)?;
    let installed = environment.join("requirements.txt");
    if fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    tools::python(log)?;
    log.run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(environment))?;
    let mut pip = Command::new(environment.join("bin/python"));
    log.run(pip.args(["-m", "pip", "install", "--quiet", "-r"]).arg(requirements))?;
    fs::write(installed, wanted).context("the virtual environment cannot be written")
}

fn activate(environment: &Path, command: &mut Command) -> anyhow::Result<()> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> =
        std::iter::once(environment.join("bin")).chain(env::split_paths(&path)).collect();
    command.env("PATH", env::join_paths(folders)?).env("VIRTUAL_ENV", environment);
    Ok(())
}
