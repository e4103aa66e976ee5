//! The integration suite: one binary, whose folders mirror the rooms and the routes.
//!
//! Tests speak as a client does, in text, on both engines (see the crate `testkit`).

mod callbacks;
mod db;
mod gateway;
mod jobs;
mod messaging;
mod sandbox;
mod server;
mod webapi;
