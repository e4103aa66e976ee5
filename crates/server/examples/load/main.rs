//! The load generator of `cargo xtask bench`: HTTP/1.1 without pipelining on one thread, so that
//! it leaves most of the machine to the server, and tells how much it took itself.
//!
//! Each command prints what it measured as JSON, an object a line.

#![expect(clippy::print_stdout, reason = "what it measures is its output")]

mod cpu;
mod http;
mod inbound;
mod setup;
mod sink;
mod target;
mod typing;
mod verify;
mod window;

use clap::Parser;

/// What to do to a server.
#[derive(Parser)]
enum Load {
    /// Alternates between a Teahouse and a bare axum route
    Typing(typing::Arguments),
    /// People write to accounts, as the web client does
    Inbound(inbound::Arguments),
    /// Looks for the last message that was acknowledged to each person before a crash
    Verify(verify::Arguments),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    match Load::parse() {
        Load::Typing(arguments) => typing::run(arguments).await,
        Load::Inbound(arguments) => inbound::run(arguments).await,
        Load::Verify(arguments) => verify::run(arguments).await,
    }
}
