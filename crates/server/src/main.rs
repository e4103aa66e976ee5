//! The `teahouse` command.

use std::process::ExitCode;

/// Small requests on many threads: it is the faster allocator for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::commands::run()
}
