//! The shared engine.
mod values;

pub(crate) use values::{blob, boolean, float, int, is_null, text};

use crate::db::Running;
use crate::{Error, Migration, OpenError, Options};

pub(crate) fn start(_: &Options, _: &'static [Migration]) -> Result<Running, OpenError> {
    Err(OpenError::Options("being built"))
}
pub(crate) fn verify(_: &str, _: Option<u32>, _: &[Migration]) -> Result<Vec<String>, Error> {
    Err(Error::Closed)
}
