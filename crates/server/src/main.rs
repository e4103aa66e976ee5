//! The `teahouse` command.
fn main() {}
