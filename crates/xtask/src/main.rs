//! One command for people and for CI.
fn main() {}
