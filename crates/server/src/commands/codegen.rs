//! `teahouse codegen-openapi`: what the web client's types are made from.

use super::output::print;

pub(super) fn run() -> anyhow::Result<()> {
    print(&webapi::openapi())?;
    Ok(())
}
