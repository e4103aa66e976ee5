//! What is generated and checked in: the OpenAPI document of our own API, by the server, and from
//! it the types of the web client, by npm.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};

use crate::checkout::Checkout;
use crate::context::Context;
use crate::log::Log;
use crate::plan::Scope;
use crate::steps::npm;

/// The document, from the root.
const DOCUMENT: &str = "web/packages/api/openapi.json";
/// The folder in which npm writes the types.
const TYPES: &str = "web/packages/api/";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Writes nothing, and fails when something would change
    #[arg(long)]
    check: bool,
}

/// `cargo xtask codegen`
pub(crate) fn run(checkout: Checkout, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let context = Context::new(checkout, Scope::Check);
    let mut log = Log::create(&context.folder(), "codegen")?;
    let result =
        if arguments.check { compare(&context, &mut log) } else { write(&context, &mut log) };
    if result.is_err() {
        eprint!("{}", log.text()?);
    }
    result.map(|()| ExitCode::SUCCESS)
}

/// Fails when what is checked in is not what would be generated; leaves it as it was.
pub(crate) fn compare(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let before = generated(context)?;
    let written = write(context, log);
    let mut stale = Vec::new();
    for (path, bytes) in before {
        if fs::read(&path).ok().as_ref() != Some(&bytes) {
            fs::write(&path, bytes)?;
            stale.push(path.display().to_string());
        }
    }
    written?;
    ensure!(stale.is_empty(), "not up to date: {}; run cargo xtask codegen", stale.join(", "));
    Ok(())
}

fn write(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let binary = &context.build(log)?.binary;
    let document = log.capture(context.program(binary, "").arg("codegen-openapi"))?;
    let path = context.checkout.root.join(DOCUMENT);
    fs::write(&path, document).with_context(|| path.display().to_string())?;
    // Without the packages of `web/` the types wait for the run that installs them.
    if context.scope == Scope::Test || context.checkout.root.join("web/node_modules").exists() {
        npm::install(context, "web", log)?;
        let mut npm = context.program("npm", "web");
        log.run(npm.args(["run", "generate", "--workspace", "packages/api"]))?;
    }
    Ok(())
}

/// The files that generation may change, with what they hold now.
fn generated(context: &Context) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    let files = context.checkout.files()?.into_iter();
    let generated = files.filter(|file| file.path.starts_with(TYPES));
    Ok(generated
        .map(|file| (context.checkout.root.join(file.path), file.text.into_bytes()))
        .collect())
}
