//! Writing an archive: under another name until it is whole, readable by its owner alone.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use tar::{Builder, Header};
use tempfile::NamedTempFile;

use super::{DATABASE, FILES, KEY, MANIFEST, Manifest};

/// An archive in the making. It takes its name when it is finished, or never.
pub(crate) struct Packer {
    tar: Builder<BufWriter<NamedTempFile>>,
    path: PathBuf,
    made_at: u64,
}

impl Packer {
    /// Begins the archive that will be called `path`, where there must be nothing yet.
    pub(crate) fn create(path: &Path, manifest: &Manifest) -> anyhow::Result<Self> {
        if path.exists() {
            bail!("{} exists already; name another file", path.display());
        }
        // Made with mode 0600.
        let file = NamedTempFile::new_in(folder_of(path))
            .with_context(|| format!("cannot write to {}", folder_of(path).display()))?;
        let made_at = manifest.made_at.unsigned_abs();
        let tar = Builder::new(BufWriter::new(file));
        let mut packer = Self { tar, path: path.to_owned(), made_at };
        packer.add(MANIFEST, &serde_json::to_vec_pretty(manifest)?)?;
        Ok(packer)
    }

    /// Adds the instance key as its file has it.
    pub(crate) fn add_key(&mut self, text: &str) -> anyhow::Result<()> {
        self.add(KEY, text.as_bytes())
    }

    /// Adds the copy of a database.
    pub(crate) fn add_database(&mut self, path: &Path) -> anyhow::Result<()> {
        let mut file = File::open(path)?;
        let mut header = self.header(file.metadata()?.len());
        Ok(self.tar.append_data(&mut header, DATABASE, &mut file)?)
    }

    /// Adds an uploaded file.
    pub(crate) fn add_file(&mut self, hash: &files::Hash, bytes: &[u8]) -> anyhow::Result<()> {
        self.add(&format!("{FILES}{hash}"), bytes)
    }

    /// Ends the archive and gives it its name. It would survive a power cut now.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        let mut buffer = self.tar.into_inner()?;
        buffer.flush()?;
        let file = buffer.into_inner().map_err(|error| anyhow!(error.to_string()))?;
        file.as_file().sync_all()?;
        file.persist_noclobber(&self.path)
            .with_context(|| format!("cannot write {}", self.path.display()))?;
        File::open(folder_of(&self.path))?.sync_all()?;
        Ok(())
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let mut header = self.header(bytes.len() as u64);
        Ok(self.tar.append_data(&mut header, name, bytes)?)
    }

    fn header(&self, size_bytes: u64) -> Header {
        let mut header = Header::new_gnu();
        header.set_size(size_bytes);
        header.set_mode(0o600);
        header.set_mtime(self.made_at);
        header
    }
}

/// The folder that a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}
