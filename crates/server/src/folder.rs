//! The data folder: the database file, uploaded files, the instance key, and the lock that keeps
//! a second process out.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use tempfile::TempDir;

/// The names inside.
const DATABASE: &str = "teahouse.db";
const FILES: &str = "files";
const INSTANCE_KEY: &str = "instance.key";
const NODE: &str = "node.id";
const LOCK: &str = "teahouse.lock";

/// The folder of one instance. The lock is held as long as this lives.
pub(crate) struct DataFolder {
    path: PathBuf,
    _lock: Option<File>,
    /// Removed with everything in it when this goes.
    temporary: Option<TempDir>,
}

impl DataFolder {
    /// Opens the folder, which is made if it is missing, and locks it.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        match DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::NotFound => bail!(
                "{} cannot be made, because the folder above it is missing; make that one first, \
                 or name another with --data",
                path.display()
            ),
            Err(error) => return Err(unusable(path, &error)),
        }
        let lock = Some(lock(path)?);
        Ok(Self { path: path.to_owned(), _lock: lock, temporary: None })
    }

    /// Makes a private folder that is gone when this is.
    pub(crate) fn temporary() -> anyhow::Result<Self> {
        let folder = TempDir::with_prefix("teahouse-").context("no temporary folder")?;
        Ok(Self { path: folder.path().to_owned(), _lock: None, temporary: Some(folder) })
    }

    /// A folder that another process may be working on; nothing in it is to be changed.
    pub(crate) fn look_at(path: &Path) -> anyhow::Result<Self> {
        let found = std::fs::metadata(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                anyhow!("there is no data folder {}; name it with --data", path.display())
            }
            _ => unusable(path, &error),
        })?;
        if !found.is_dir() {
            bail!("{} is not a folder; name another with --data", path.display());
        }
        Ok(Self { path: path.to_owned(), _lock: None, temporary: None })
    }

    /// It is gone when this is.
    pub(crate) fn is_temporary(&self) -> bool {
        self.temporary.is_some()
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The SQLite file.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// The folder of uploaded files.
    pub(crate) fn files(&self) -> PathBuf {
        self.path.join(FILES)
    }

    /// The file of the node's name.
    pub(crate) fn node(&self) -> PathBuf {
        self.path.join(NODE)
    }

    /// The file of the instance key.
    pub(crate) fn instance_key(&self) -> PathBuf {
        self.path.join(INSTANCE_KEY)
    }
}

fn lock(folder: &Path) -> anyhow::Result<File> {
    let path = folder.join(LOCK);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&path)
        .map_err(|error| unusable(folder, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another teahouse works on {}; stop that one first, or name another folder with --data",
            folder.display()
        ),
        Err(TryLockError::Error(error)) => Err(unusable(folder, &error)),
    }
}

fn unusable(path: &Path, error: &std::io::Error) -> anyhow::Error {
    anyhow!(
        "{} cannot be used ({error}); check that it is a folder of yours, or name another with \
         --data",
        path.display()
    )
}
