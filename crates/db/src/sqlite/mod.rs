//! The embedded engine.
use crate::db::Running;
use crate::{Error, Migration, OpenError, Options};
use std::path::Path;

pub(crate) fn start(_: &Options, _: &'static [Migration]) -> Result<Running, OpenError> {
    Err(OpenError::Options("being built"))
}
pub(crate) fn backup(_: &Path, _: &Path) -> Result<(), Error> {
    Err(Error::Closed)
}
pub(crate) fn verify(_: &Path, _: &[Migration]) -> Result<Vec<String>, Error> {
    Err(Error::Closed)
}
