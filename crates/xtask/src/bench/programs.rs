//! The programs of a measurement: built for release, started on fresh folders.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::checkout::Checkout;
use crate::context::Context;
use crate::daemon::Daemon;
use crate::log::Log;
use crate::plan::Scope;

/// What was built, and where to measure.
pub(crate) struct Programs {
    folder: PathBuf,
    teahouse: PathBuf,
    bare: PathBuf,
    inbound: PathBuf,
    load: PathBuf,
}

/// A server that listens.
pub(crate) struct Server {
    daemon: Daemon,
    pub(crate) address: String,
    /// From its start to its first line.
    pub(crate) took: Duration,
}

/// How a server is to end when it goes out of scope.
#[derive(Clone, Copy)]
pub(crate) enum End {
    Clean,
    Killed,
}

impl Programs {
    pub(crate) fn build(checkout: Checkout) -> anyhow::Result<Self> {
        println!("building for release …");
        let context = Context::new(checkout, Scope::Check);
        let mut log = Log::create(&context.folder(), "bench")?;
        let mut cargo = context.cargo(&["build", "--release", "--package", "server"]);
        cargo.args(["--bins", "--examples", "--message-format=json-render-diagnostics"]);
        let messages = log
            .capture(&cargo)
            .with_context(|| format!("the release build; see {}", log.path.display()))?;
        let built = executables(&messages)?;
        let find = |name: &str| {
            let found = built.iter().find(|(built, _)| built == name);
            found.map(|(_, path)| path.clone()).with_context(|| format!("no {name} was built"))
        };
        // Beside the build: that is a disk, and nobody keeps anything there.
        let folder = context.checkout.root.join("target/bench");
        fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            teahouse: find("teahouse")?,
            bare: find("bare")?,
            inbound: find("inbound")?,
            load: find("load")?,
        })
    }

    /// Where everything is written.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// An empty folder of this name.
    pub(crate) fn fresh(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        Ok(folder)
    }

    /// Teahouse on a data folder, with further arguments and settings.
    pub(crate) fn teahouse(
        &self,
        data: &Path,
        arguments: &[&str],
        settings: &[(&str, &str)],
        end: End,
    ) -> anyhow::Result<Server> {
        let mut command = Command::new(&self.teahouse);
        command.args(["dev", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(arguments);
        command.envs(settings.iter().copied()).env("TEAHOUSE_LOG", "warn");
        Server::start(command, end)
    }

    /// The bare axum route.
    pub(crate) fn bare(&self) -> anyhow::Result<Server> {
        Server::start(Command::new(&self.bare), End::Clean)
    }

    /// The load generator.
    pub(crate) fn load(&self) -> Command {
        Command::new(&self.load)
    }

    /// Runs a load until it has measured, kills the server under it, and waits for the load to
    /// notice; answers what it measured.
    pub(crate) fn kill_after_first_line(
        load: &mut Command,
        server: Server,
    ) -> anyhow::Result<Value> {
        let mut child = load.stdout(Stdio::piped()).spawn().context("the load does not start")?;
        let mut stdout = BufReader::new(child.stdout.take().context("its output is piped")?);
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        drop(server);
        let status = child.wait()?;
        ensure!(status.success(), "the load ended with {status}");
        serde_json::from_str(&line).context("what the load printed")
    }

    /// The measurement without HTTP.
    pub(crate) fn inbound(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.inbound);
        command.arg(folder);
        command
    }
}

impl Server {
    fn start(mut command: Command, end: End) -> anyhow::Result<Self> {
        let signal = match end {
            End::Clean => "TERM",
            End::Killed => "KILL",
        };
        let begun = Instant::now();
        let address = |line: &str| line.strip_prefix("listening on http://").map(str::to_owned);
        let (daemon, address) =
            Daemon::start(command.stdin(Stdio::null()).stdout(Stdio::piped()), signal, address)?;
        Ok(Self { daemon, address, took: begun.elapsed() })
    }

    pub(crate) fn process(&self) -> u32 {
        self.daemon.process()
    }

    /// As the load generator names it.
    pub(crate) fn target(&self) -> String {
        format!("{}@{}", self.address, self.process())
    }
}

/// Runs a program to its end and reads the JSON objects that it prints, one a line.
pub(crate) fn objects(command: &mut Command) -> anyhow::Result<Vec<Value>> {
    let name = command.get_program().display().to_string();
    let output = command.stderr(Stdio::inherit()).output().with_context(|| name.clone())?;
    ensure!(output.status.success(), "{name} ended with {}", output.status);
    let text = String::from_utf8(output.stdout)?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| name.clone())).collect()
}

/// The programs in cargo's messages, by name.
fn executables(messages: &str) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).context("cargo's messages")?;
        if let Some(executable) = message["executable"].as_str() {
            let name = message["target"]["name"].as_str().unwrap_or_default();
            found.push((name.to_owned(), PathBuf::from(executable)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_from_libraries() {
        let messages = r#"{"target":{"kind":["lib"],"name":"server"},"executable":null}
{"target":{"kind":["example"],"name":"load"},"executable":"/t/release/examples/load"}
{"reason":"build-finished","success":true}"#;
        let load = ("load".to_owned(), PathBuf::from("/t/release/examples/load"));
        assert_eq!(executables(messages).unwrap(), [load]);
    }

    #[test]
    fn what_a_program_prints_is_read_line_by_line() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo '{\"rate\":1}'; echo '{\"rate\":2}'"]);
        let rates: Vec<_> =
            objects(&mut command).unwrap().iter().map(|object| object["rate"].as_u64()).collect();
        assert_eq!(rates, [Some(1), Some(2)]);
    }
}
