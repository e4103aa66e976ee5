//! What the steps of one run share: the checkout, the build and the database cluster. The last two
//! are made when the first step asks for them, and once.

use std::cell::OnceCell;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use serde_json::Value;

use crate::checkout::Checkout;
use crate::cluster::{self, Cluster, Durability};
use crate::log::{Log, in_ci};
use crate::plan::Scope;
use crate::tools;

/// Decides what client the binary embeds (`crates/web-assets`).
const WEB_DIST: &str = "TEAHOUSE_WEB_DIST";

/// The state of a run.
pub(crate) struct Context {
    pub(crate) checkout: Checkout,
    pub(crate) scope: Scope,
    build: OnceCell<Build>,
    cluster: OnceCell<Cluster>,
}

/// What cargo built for the tests.
pub(crate) struct Build {
    /// The `teahouse` of that build.
    pub(crate) binary: PathBuf,
    /// The names of the integration tests.
    pub(crate) tests: Vec<String>,
}

impl Context {
    pub(crate) fn new(checkout: Checkout, scope: Scope) -> Self {
        Self { checkout, scope, build: OnceCell::new(), cluster: OnceCell::new() }
    }

    /// A folder for what the steps leave behind: logs, virtual environments.
    pub(crate) fn folder(&self) -> PathBuf {
        self.checkout.root.join("target/xtask")
    }

    /// A program, in the folder `folder` of the checkout.
    pub(crate) fn program(&self, name: impl AsRef<Path>, folder: &str) -> Command {
        let mut command = Command::new(name.as_ref());
        command.current_dir(self.checkout.root.join(folder));
        // Cargo describes this crate to us in variables; build scripts would take a change of them
        // for a reason to run again.
        for (name, _) in env::vars_os() {
            let told = name.to_string_lossy();
            if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    /// Cargo, with the same environment in every step, so that nothing is built twice.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.program("cargo", "");
        command.args(arguments);
        let unbuilt = !self.checkout.root.join("web/node_modules").exists();
        if self.scope == Scope::Check && unbuilt && env::var_os(WEB_DIST).is_none() {
            command.env(WEB_DIST, "none");
        }
        if in_ci() {
            // A new snapshot is a failure there, and nobody comes to accept it.
            command.env("INSTA_UPDATE", "no");
        }
        command
    }

    /// Cargo for tests on SQLite alone.
    pub(crate) fn cargo_on_sqlite(&self, arguments: &[&str]) -> Command {
        let mut command = self.cargo(arguments);
        // In CI a test that finds no PostgreSQL fails; here it has its turn in another step.
        command.env_remove(cluster::VARIABLE).env_remove("CI");
        command
    }

    /// Cargo for tests that find PostgreSQL too.
    pub(crate) fn cargo_on_postgres(
        &self,
        arguments: &[&str],
        log: &mut Log,
    ) -> anyhow::Result<Command> {
        let url = self.cluster(log)?.url("postgres");
        let mut command = self.cargo(arguments);
        command.env(cluster::VARIABLE, url);
        Ok(command)
    }

    /// Everything built for tests. Steps that run cargo themselves find it done.
    pub(crate) fn build(&self, log: &mut Log) -> anyhow::Result<&Build> {
        if let Some(build) = self.build.get() {
            return Ok(build);
        }
        let arguments =
            ["test", "--workspace", "--no-run", "--message-format=json-render-diagnostics"];
        let messages = log.capture(&self.cargo(&arguments))?;
        let build = Build::from_messages(&messages)?;
        Ok(self.build.get_or_init(|| build))
    }

    /// The running cluster.
    pub(crate) fn cluster(&self, log: &mut Log) -> anyhow::Result<&Cluster> {
        if let Some(cluster) = self.cluster.get() {
            return Ok(cluster);
        }
        let cluster = Cluster::start(&tools::postgres(log)?, Durability::None)?;
        Ok(self.cluster.get_or_init(|| cluster))
    }
}

impl Build {
    /// Reads cargo's messages, one JSON object a line.
    fn from_messages(messages: &str) -> anyhow::Result<Self> {
        let mut binary = None;
        let mut tests = Vec::new();
        for line in messages.lines() {
            let message: Value = serde_json::from_str(line).context("cargo's messages")?;
            let Some(executable) = message["executable"].as_str() else { continue };
            let name = message["target"]["name"].as_str().unwrap_or_default();
            let tested = message["profile"]["test"] == true;
            match message["target"]["kind"][0].as_str() {
                Some("test") => tests.push(name.to_owned()),
                Some("bin") if name == "teahouse" && !tested => {
                    binary = Some(PathBuf::from(executable));
                }
                _ => {}
            }
        }
        Ok(Self { binary: binary.context("the build holds no `teahouse`")?, tests })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_is_the_one_that_is_no_test() {
        let messages = r#"{"reason":"compiler-artifact","target":{"kind":["lib"],"name":"wire"},"profile":{"test":false},"executable":null}
{"reason":"compiler-artifact","target":{"kind":["bin"],"name":"teahouse"},"profile":{"test":true},"executable":"/t/deps/teahouse-1"}
{"reason":"compiler-artifact","target":{"kind":["bin"],"name":"teahouse"},"profile":{"test":false},"executable":"/t/teahouse"}
{"reason":"compiler-artifact","target":{"kind":["test"],"name":"suite"},"profile":{"test":true},"executable":"/t/deps/suite-2"}
{"reason":"build-finished","success":true}"#;
        let build = Build::from_messages(messages).unwrap();
        assert_eq!(build.binary, PathBuf::from("/t/teahouse"));
        assert_eq!(build.tests, ["suite"]);
    }
}
