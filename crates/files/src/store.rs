//! Files on disk, each under the hash of its bytes: `ab/cdef…`, 256 folders.

use std::fs;
use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use tokio::sync::RwLock;
use tokio::task::spawn_blocking;

use crate::{Error, Hash};

/// How long a half-written file is left alone: no upload takes a day.
const LEFTOVER_AGE: Duration = Duration::from_hours(24);

/// The files of one instance. A clone is the same store.
#[derive(Debug, Clone)]
pub struct Store {
    objects: Arc<LocalFileSystem>,
    dir: Arc<FilePath>,
    /// Held for reading by those who write a file and for writing by those who delete by age, so
    /// that a file is never deleted on the strength of an age that has just ended.
    renewals: Arc<RwLock<()>>,
}

/// A file as [`Store::list`] finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub hash: Hash,
    /// Its length.
    pub size_bytes: u64,
    /// Real time since it was last put.
    pub age: Duration,
}

impl Store {
    /// Opens the store in `dir`, which is made if it is missing.
    pub fn open(dir: &FilePath) -> Result<Self, Error> {
        make_dir(dir).map_err(|error| Error::Storage(error.to_string()))?;
        let objects = LocalFileSystem::new_with_prefix(dir)?.with_fsync(true);
        let (objects, dir) = (Arc::new(objects), Arc::from(dir));
        Ok(Self { objects, dir, renewals: Arc::default() })
    }

    /// Stores `bytes`. When this returns they would survive a power cut.
    // Written even if they are there already: that renews the age which saves them from the
    // sweep, and heals a damaged file.
    pub async fn put(&self, bytes: Bytes) -> Result<Hash, Error> {
        let hash = hash_of(bytes.clone()).await?;
        let _renewal = self.renewals.read().await;
        self.objects.put(&path(&hash), bytes.into()).await?;
        Ok(hash)
    }

    /// Reads a file.
    pub async fn get(&self, hash: &Hash) -> Result<Bytes, Error> {
        let found = self.objects.get(&path(hash)).await;
        let found = found.map_err(|error| missing(error, hash))?;
        Ok(found.bytes().await?)
    }

    /// Reads a file and compares it with its name.
    pub async fn verify(&self, hash: &Hash) -> Result<(), Error> {
        let bytes = self.get(hash).await?;
        if hash_of(bytes).await? == *hash { Ok(()) } else { Err(Error::Damaged(*hash)) }
    }

    /// Whether the file is there.
    pub async fn exists(&self, hash: &Hash) -> Result<bool, Error> {
        Ok(self.find(hash).await?.is_some())
    }

    /// Deletes a file; one that is not there is no error.
    pub async fn delete(&self, hash: &Hash) -> Result<(), Error> {
        match self.objects.delete(&path(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes a file that nobody has put for `age`; says whether it did.
    ///
    /// For the sweep: a file that no row names may be put again between the look and the deletion.
    pub async fn delete_older_than(&self, hash: &Hash, age: Duration) -> Result<bool, Error> {
        let _no_renewal = self.renewals.write().await;
        match self.find(hash).await? {
            Some(found) if age_of(&found) >= age => self.delete(hash).await.map(|()| true),
            _ => Ok(false),
        }
    }

    /// Lists the files whose hash begins with `first_byte`, a 256th of all, by hash.
    pub async fn list(&self, first_byte: u8) -> Result<Vec<Stored>, Error> {
        let folder = Path::from(hex::encode([first_byte]));
        let found: Vec<ObjectMeta> = self.objects.list(Some(&folder)).try_collect().await?;
        let mut stored: Vec<Stored> = found.iter().filter_map(stored).collect();
        stored.sort_unstable_by_key(|file| file.hash);
        Ok(stored)
    }

    /// Removes what puts that a crash interrupted have left in the folder of `first_byte`; says how
    /// many files. Younger than a day they are left alone.
    pub async fn remove_leftovers(&self, first_byte: u8) -> Result<usize, Error> {
        let folder = self.dir.join(hex::encode([first_byte]));
        let removed = spawn_blocking(move || remove_leftovers(&folder)).await;
        removed.map_err(io::Error::from).flatten().map_err(|e| Error::Storage(e.to_string()))
    }

    async fn find(&self, hash: &Hash) -> Result<Option<ObjectMeta>, Error> {
        match self.objects.head(&path(hash)).await {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn path(hash: &Hash) -> Path {
    let name = hash.to_string();
    let (folder, file) = name.split_at(2);
    Path::from_iter([folder, file])
}

fn stored(found: &ObjectMeta) -> Option<Stored> {
    let name: String = found.location.parts().map(|part| part.as_ref().to_owned()).collect();
    let hash = name.parse().ok()?;
    Some(Stored { hash, size_bytes: found.size, age: age_of(found) })
}

/// Real time, not the platform's: the sandbox may turn its clock, but an upload takes as long as
/// it takes.
fn age_of(found: &ObjectMeta) -> Duration {
    SystemTime::from(found.last_modified).elapsed().unwrap_or_default()
}

fn missing(error: object_store::Error, hash: &Hash) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::Missing(*hash),
        error => error.into(),
    }
}

async fn hash_of(bytes: Bytes) -> Result<Hash, Error> {
    let hashed = spawn_blocking(move || Hash::of(&bytes)).await;
    hashed.map_err(|error| Error::Storage(error.to_string()))
}

/// Makes `dir` and its parents durable, as every file inside will be.
fn make_dir(dir: &FilePath) -> io::Result<()> {
    let missing: Vec<&FilePath> =
        dir.ancestors().take_while(|dir| !dir.as_os_str().is_empty() && !dir.exists()).collect();
    fs::create_dir_all(dir)?;
    for made in missing {
        let parent = made.parent().filter(|parent| !parent.as_os_str().is_empty());
        sync_dir(parent.unwrap_or(FilePath::new(".")))?;
    }
    Ok(())
}

#[cfg(unix)]
fn sync_dir(dir: &FilePath) -> io::Result<()> {
    fs::File::open(dir)?.sync_all()
}

/// Other systems cannot open a folder; theirs are durable with their files.
#[cfg(not(unix))]
fn sync_dir(_dir: &FilePath) -> io::Result<()> {
    Ok(())
}

fn remove_leftovers(folder: &FilePath) -> io::Result<usize> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut removed = 0;
    for entry in entries {
        let entry = entry?;
        // object_store writes `name#1` and renames it.
        let is_staged = entry.file_name().to_string_lossy().contains('#');
        let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
        if is_staged && age >= LEFTOVER_AGE {
            fs::remove_file(PathBuf::from(folder).join(entry.file_name()))?;
            removed += 1;
        }
    }
    Ok(removed)
}
