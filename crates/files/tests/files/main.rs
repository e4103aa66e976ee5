//! Files as accounts send them, built byte by byte.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod arbitrary;
mod kinds;
mod pictures;
mod sample;
mod store;
mod times;
