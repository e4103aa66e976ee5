//! `teahouse restore FILE`: brings a backup back, whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use db::Store;
use tokio::runtime::Builder;

use super::offline::{self, Place, without_password};
use super::output::print;
use crate::archive::{Engine, Manifest, unpack};
use crate::configuration::Configuration;
use crate::folder::DataFolder;
use crate::instance_key::InstanceKey;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The archive
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let configuration = arguments.place.configure()?;
    let target = std::path::absolute(&configuration.store.data)?;
    let parent = target.parent().context("the data folder cannot be the root")?.to_owned();
    ensure_empty(&target)?;
    // A folder beside the target takes its name at the end, in one step.
    let staging = tempfile::Builder::new()
        .prefix(".teahouse-restore-")
        .tempdir_in(&parent)
        .with_context(|| format!("cannot write to {}", parent.display()))?;
    let folder = DataFolder::look_at(staging.path())?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let manifest = runtime.block_on(unpack(&arguments.file, &folder))?;
    check_key(&manifest, &configuration, &folder)?;
    if manifest.engine == Engine::Sqlite {
        check_database(&folder)?;
    }
    if target.exists() {
        fs::remove_dir(&target)?;
    }
    fs::rename(staging.keep(), &target)?;
    fs::File::open(&parent)?.sync_all()?;
    print(&report(&configuration.store.data, &configuration, &manifest))?;
    Ok(())
}

fn ensure_empty(target: &Path) -> anyhow::Result<()> {
    let is_empty = match fs::read_dir(target) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => bail!("{} cannot be used: {error}", target.display()),
    };
    ensure!(
        is_empty,
        "{} is not empty; a backup is restored into an empty folder, name one with --data",
        target.display()
    );
    Ok(())
}

/// The key of the archive, or the one from outside, must be the one that the data was made with.
fn check_key(
    manifest: &Manifest,
    configuration: &Configuration,
    folder: &DataFolder,
) -> anyhow::Result<()> {
    let key = InstanceKey::find(&configuration.secrets, folder)?;
    match key {
        Some(key) if key.id() != manifest.key_id => bail!(
            "the instance key {} is not the one of this backup ({})",
            key.id(),
            manifest.key_id
        ),
        _ => Ok(()),
    }
}

fn check_database(folder: &DataFolder) -> anyhow::Result<()> {
    ensure!(folder.database().exists(), "the archive holds no database");
    let db = offline::open(Store::Sqlite { path: folder.database(), durable: true })?;
    let faults = db.verify()?;
    db.close();
    ensure!(faults.is_empty(), "the database in the archive is damaged: {}", faults.join("; "));
    Ok(())
}

fn report(data: &Path, configuration: &Configuration, manifest: &Manifest) -> String {
    let mut lines = vec![format!("{} is restored", data.display())];
    if !data.join("instance.key").exists() && configuration.secrets.instance_key().is_none() {
        let id = &manifest.key_id;
        lines.push(format!("start it with the instance key {id}, which was not in the backup"));
    }
    if manifest.engine == Engine::Postgresql {
        let url = configuration.store.database().map_or("DATABASE".to_owned(), without_password);
        lines.push("the database was not in the backup; bring it back with".to_owned());
        lines.push(format!("  pg_restore --dbname='{url}' teahouse.dump"));
    }
    lines.join("\n") + "\n"
}
