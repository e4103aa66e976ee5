//! The protocol, pure: ids, error codes, signatures, envelopes, pushes and replies.
//!
//! Nothing here does I/O, reads a clock or draws a random number: instants and chance are
//! arguments.

pub mod callback;
pub mod endpoints;
pub mod envelope;
pub mod errcode;
pub mod ids;
pub mod push;
pub mod reply;
pub mod sign;

mod tsv;
mod xml_char;
