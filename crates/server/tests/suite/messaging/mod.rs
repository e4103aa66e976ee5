//! What people write and accounts send, as rules over both engines.

mod concurrent;
mod rules;
