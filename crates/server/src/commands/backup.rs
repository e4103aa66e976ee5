//! `teahouse backup FILE`: one archive of an instance, also while it runs.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use db::{Clock, Db, Store};
use files::Hash;
use platform::verify::files as used_files;
use tokio::runtime::{Builder, Runtime};

use super::offline::{self, Place, without_password};
use super::output::print;
use crate::archive::{Engine, Manifest, Packer};
use crate::configuration::{Configuration, KeySource};
use crate::folder::DataFolder;
use crate::instance_key::InstanceKey;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The archive to write; it must not exist yet
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let configuration = arguments.place.configure()?;
    let folder = DataFolder::look_at(&configuration.store.data)?;
    let key = InstanceKey::find(&configuration.secrets, &folder)?.ok_or_else(|| {
        anyhow!("{} holds no instance key, so there is nothing to back up", folder.path().display())
    })?;
    let engine = match configuration.store.database() {
        Some(_) => Engine::Postgresql,
        None => Engine::Sqlite,
    };
    let made_at = Clock::real().real_now().secs();
    let manifest = Manifest::new(engine, key.id(), made_at);
    let mut packer = Packer::create(&arguments.file, &manifest)?;
    if configuration.secrets.instance_key().is_none() {
        packer.add_key(&key.to_text())?;
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    match engine {
        Engine::Sqlite => pack_database(&mut packer, &folder, &arguments.file, &runtime)?,
        Engine::Postgresql => pack_all_files(&mut packer, &folder, &runtime)?,
    }
    packer.finish()?;
    print(&report(&arguments.file, &configuration, &key))?;
    Ok(())
}

/// Packs a copy of the database as it is at one instant, and the files that its rows name.
fn pack_database(
    packer: &mut Packer,
    folder: &DataFolder,
    archive: &Path,
    runtime: &Runtime,
) -> anyhow::Result<()> {
    let beside = std::path::absolute(archive)?;
    let beside = beside.parent().context("a file lies in a folder")?;
    let copies = tempfile::tempdir_in(beside)?;
    let copy = copies.path().join("teahouse.db");
    Db::copy_file(&folder.database(), &copy)?;
    packer.add_database(&copy)?;
    let db = offline::open(Store::Sqlite { path: copy, durable: false })?;
    let hashes = used_files::list_used(&db)?;
    db.close();
    pack_files(packer, folder, &hashes, runtime)
}

/// Packs every file there is: which of them the database names, `pg_dump` decides later.
fn pack_all_files(
    packer: &mut Packer,
    folder: &DataFolder,
    runtime: &Runtime,
) -> anyhow::Result<()> {
    let mut hashes = Vec::new();
    if folder.files().exists() {
        let store = files::Store::open(&folder.files())?;
        for first_byte in 0..=u8::MAX {
            let stored = runtime.block_on(store.list(first_byte))?;
            hashes.extend(stored.into_iter().map(|file| file.hash));
        }
    }
    pack_files(packer, folder, &hashes, runtime)
}

fn pack_files(
    packer: &mut Packer,
    folder: &DataFolder,
    hashes: &[Hash],
    runtime: &Runtime,
) -> anyhow::Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let store = files::Store::open(&folder.files())?;
    for hash in hashes {
        match runtime.block_on(store.get(hash)) {
            Ok(bytes) => packer.add_file(hash, &bytes)?,
            // It expired between the copy and now: its rows have expired too.
            Err(files::Error::Missing(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn report(file: &Path, configuration: &Configuration, key: &InstanceKey) -> String {
    let mut lines = vec![format!("{} is written", file.display())];
    if let Some(place) = configuration.secrets.instance_key() {
        let place = match place {
            KeySource::Text(_) => "secrets.instance_key".to_owned(),
            KeySource::File(path) => path.display().to_string(),
        };
        lines.push(format!("the instance key {} is not in it; keep {place} too", key.id()));
    }
    if let Some(url) = configuration.store.database() {
        let url = without_password(url);
        lines.push("the database is not in it; write it with".to_owned());
        lines.push(format!("  pg_dump --format=custom --file=teahouse.dump '{url}'"));
    }
    lines.join("\n") + "\n"
}
