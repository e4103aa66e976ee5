//! The `teahouse` command.

use std::process::ExitCode;

/// Small requests on many threads: it is the faster allocator for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    refuse_huge_pages();
    server::commands::run()
}

/// The allocator asks for pages of 2 MiB, nine of which an idle instance would hold unused: 18 of
/// its 40 MB.
#[cfg(target_os = "linux")]
fn refuse_huge_pages() {
    // A kernel that cannot do it costs memory and nothing else.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(not(target_os = "linux"))]
fn refuse_huge_pages() {}
