//! The command as a process, and the platform as a whole.

#![expect(clippy::unwrap_used, reason = "a test says by panicking what went wrong")]

mod archive;
mod command;
mod crash;
mod process;
mod testkit;
mod verify;
