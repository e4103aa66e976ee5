//! A backup as one file: a tar archive with a manifest, the instance key, the database, and the
//! files that its rows name.

mod pack;
mod unpack;

pub(crate) use pack::Packer;
pub(crate) use unpack::unpack;

use serde::{Deserialize, Serialize};

/// The names inside, in their order. Files follow as `files/HASH`.
const MANIFEST: &str = "manifest.json";
const KEY: &str = "instance.key";
const DATABASE: &str = "teahouse.db";
const FILES: &str = "files/";

/// The present form of archives; another one is refused.
const FORMAT: u32 = 1;

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    /// The release that made it.
    pub(crate) version: String,
    /// `sqlite` with the database inside, or `postgresql` without it.
    pub(crate) engine: Engine,
    /// The name of the instance key, which is inside unless it came from outside.
    pub(crate) key_id: String,
    /// Unix seconds, by the machine's clock.
    pub(crate) made_at: i64,
}

/// The engine of the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Engine {
    Sqlite,
    Postgresql,
}

impl Manifest {
    pub(crate) fn new(engine: Engine, key_id: String, made_at: i64) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, version, engine, key_id, made_at }
    }
}
