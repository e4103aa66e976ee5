//! Remembers between builds what a result was made from.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::Result;

/// A hash over names and contents. It only tells versions of the same tree apart and may change
/// with the compiler, which costs one rebuild.
pub(crate) fn of_files(paths: &[PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        hasher.write(path.to_string_lossy().as_bytes());
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(hasher.finish())
}

/// Whether the stamp at `path` holds this hash.
pub(crate) fn is(path: &Path, hash: u64) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text == format!("{hash:016x}"))
}

pub(crate) fn write(path: &Path, hash: u64) -> Result<()> {
    crate::write(path, format!("{hash:016x}").as_bytes())
}
