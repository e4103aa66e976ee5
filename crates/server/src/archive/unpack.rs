//! Reading an archive. Nothing in it decides where anything is written: each entry must be one
//! of those that we write.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail, ensure};
use files::{Hash, Store};
use tar::{Archive, Entry};

use super::{DATABASE, FILES, FORMAT, KEY, MANIFEST, Manifest};
use crate::folder::DataFolder;

/// The longest entry that is kept in memory: more than any uploaded file.
const MAX_BYTES: u64 = 64 << 20;

/// Unpacks the archive into a folder, which must be empty.
pub(crate) async fn unpack(archive: &Path, folder: &DataFolder) -> anyhow::Result<Manifest> {
    let file =
        File::open(archive).with_context(|| format!("{} cannot be read", archive.display()))?;
    let mut archive = Archive::new(BufReader::new(file));
    let damaged = "the archive is damaged or not a backup of Teahouse";
    let mut entries = archive.entries().context(damaged)?;
    let first = entries.next().ok_or_else(|| anyhow!("the archive is empty"))?;
    let manifest = read_manifest(first.context(damaged)?)?;
    let store = Store::open(&folder.files())?;
    for entry in entries {
        let entry = entry.context(damaged)?;
        unpack_entry(entry, folder, &store).await.context(damaged)?;
    }
    Ok(manifest)
}

fn read_manifest(entry: Entry<'_, impl Read>) -> anyhow::Result<Manifest> {
    ensure!(entry.path()? == Path::new(MANIFEST), "the archive is not a backup of Teahouse");
    let manifest: Manifest =
        serde_json::from_slice(&read(entry)?).context("the archive's manifest is damaged")?;
    ensure!(
        manifest.format == FORMAT,
        "the archive was made by release {}, in a form that this one does not read",
        manifest.version
    );
    Ok(manifest)
}

async fn unpack_entry(
    mut entry: Entry<'_, impl Read>,
    folder: &DataFolder,
    store: &Store,
) -> anyhow::Result<()> {
    let name = entry.path()?.to_str().unwrap_or_default().to_owned();
    match name.as_str() {
        KEY => write(&mut entry, &folder.instance_key()),
        DATABASE => write(&mut entry, &folder.database()),
        name => {
            let hash = name.strip_prefix(FILES).and_then(|hash| hash.parse::<Hash>().ok());
            let Some(hash) = hash else { bail!("it holds {name:?}") };
            let found = store.put(read(entry)?.into()).await?;
            ensure!(found == hash, "the file {hash} is not what its name says");
            Ok(())
        }
    }
}

fn read(entry: Entry<'_, impl Read>) -> anyhow::Result<Vec<u8>> {
    ensure!(entry.size() <= MAX_BYTES, "an entry is too long");
    let mut bytes = Vec::new();
    entry.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write(entry: &mut Entry<'_, impl Read>, path: &Path) -> anyhow::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = std::io::copy(entry, &mut file)?;
    ensure!(written == entry.size(), "it ends too early");
    Ok(file.sync_all()?)
}
