//! The steps that cargo runs. All tests are built once, with one set of features: choosing packages
//! with `-p` or `--exclude` would choose other features and build much of the tree again.

use crate::codegen;
use crate::context::Context;
use crate::log::Log;
use crate::plan::Scope;
use crate::steps::Counting::{Nothing, Runners};
use crate::steps::{Step, licences, snapshots};
use crate::{tidy, tools};

/// The integration suite, the one test binary of the workspace that needs a database.
const SUITE: &str = "suite";

/// Partitions of every table in the partitioned run: the fewest that tell keys apart well.
const PARTITIONS: &str = "4";

/// Verdicts on the text of the code.
pub(crate) fn fast() -> Vec<Step> {
    vec![
        Step::new("fmt", Nothing, fmt),
        Step::new("tidy", Nothing, tidy::step),
        Step::new("licences", Nothing, licences::run),
        Step::new("clippy", Nothing, clippy),
        Step::new("docs", Nothing, docs),
    ]
}

/// Verdicts on what was built: without a server, and on SQLite.
pub(crate) fn tested() -> Vec<Step> {
    vec![
        Step::new("build", Nothing, |context, log| context.build(log).map(drop)),
        Step::new("codegen", Nothing, codegen::compare),
        Step::new("unit", Runners, unit),
        Step::new("sqlite", Runners, sqlite),
        Step::new("snapshots", Nothing, snapshots::run),
    ]
}

/// The suite on PostgreSQL, plain and with every table in partitions.
pub(crate) fn on_postgres() -> Vec<Step> {
    vec![Step::new("postgres", Runners, postgres), Step::new("partitioned", Runners, partitioned)]
}

fn fmt(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    tools::rust_component("fmt", "rustfmt")?;
    log.run(&context.cargo(&["fmt", "--all", "--check", "--", "--color=never"]))
}

fn clippy(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    tools::rust_component("clippy", "clippy")?;
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    log.run(&context.cargo(&arguments))
}

fn docs(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let mut command = context.cargo(&["doc", "--workspace", "--no-deps"]);
    log.run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

/// Every test but the suite.
fn unit(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let mut arguments = vec!["test", "--workspace", "--no-fail-fast", "--lib", "--bins"];
    for name in context.build(log)?.tests.iter().filter(|name| *name != SUITE) {
        arguments.extend(["--test", name]);
    }
    let mut command = match context.scope {
        Scope::Check => context.cargo_on_sqlite(&arguments),
        Scope::Test => context.cargo_on_postgres(&arguments, log)?,
    };
    snapshots::forget(context);
    snapshots::record(context, &mut command);
    let tests = log.run(&command);
    let examples = log.run(&context.cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]));
    tests.and(examples)
}

fn sqlite(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let mut command = context.cargo_on_sqlite(&["test", "--workspace", "--test", SUITE]);
    snapshots::record(context, &mut command);
    log.run(&command)
}

fn postgres(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let command = context.cargo_on_postgres(&NOT_ON_SQLITE, log)?;
    log.run(&command)
}

fn partitioned(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let mut command = context.cargo_on_postgres(&NOT_ON_SQLITE, log)?;
    log.run(command.env("TEAHOUSE_TEST_PARTITIONS", PARTITIONS))
}

/// The tests whose name has `sqlite` in it were run before and meet no PostgreSQL.
const NOT_ON_SQLITE: [&str; 7] = ["test", "--workspace", "--test", SUITE, "--", "--skip", "sqlite"];
