//! The instance key: from outside, or from the data folder, where the first start makes it.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use db::Db;
use platform::keys::Keys;
use platform::verify::instance;
use secrecy::{ExposeSecret as _, SecretBox};

use crate::configuration::{KeySource, Secrets};
use crate::folder::DataFolder;

/// The root of every secret of an instance. It does not show.
pub(crate) struct InstanceKey(SecretBox<[u8; 32]>);

impl InstanceKey {
    /// The key that is given from outside or lies in the folder, if there is one.
    pub(crate) fn find(secrets: &Secrets, folder: &DataFolder) -> anyhow::Result<Option<Self>> {
        match secrets.instance_key() {
            Some(KeySource::Text(text)) => Self::parse(text, "secrets.instance_key").map(Some),
            Some(KeySource::File(path)) => read(path).map(Some),
            None if folder.instance_key().exists() => read(&folder.instance_key()).map(Some),
            None => Ok(None),
        }
    }

    /// The key of this database; the first start makes it. A key of another instance is refused.
    pub(crate) fn open(secrets: &Secrets, folder: &DataFolder, db: &Db) -> anyhow::Result<Self> {
        let key = match Self::find(secrets, folder)? {
            Some(key) => key,
            None => make(folder, db)?,
        };
        let id = key.id();
        let known = db.write_blocking(move |tx| instance::claim(tx, &id))?;
        if known != key.id() {
            bail!(
                "the instance key {} is not the one of this database ({known}); give the key \
                 with which it was made, or name another database",
                key.id()
            );
        }
        Ok(key)
    }

    /// The 32 bytes.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// A name for the key that does not give it away: 16 hexadecimal digits.
    pub(crate) fn id(&self) -> String {
        instance::key_id(&Keys::derive(self.bytes()))
    }

    /// The key as it is written into a file.
    pub(crate) fn to_text(&self) -> String {
        format!("{}\n", hex::encode(self.bytes()))
    }

    /// Reads the 64 digits; `place` says where they stood.
    pub(crate) fn parse(text: &str, place: &str) -> anyhow::Result<Self> {
        let mut bytes = Box::new([0; 32]);
        hex::decode_to_slice(text.trim(), bytes.as_mut_slice())
            .map_err(|_| anyhow!("{place} does not hold 64 hexadecimal digits"))?;
        Ok(Self(SecretBox::new(bytes)))
    }
}

fn read(path: &Path) -> anyhow::Result<InstanceKey> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the instance key {} cannot be read", path.display()))?;
    InstanceKey::parse(&text, &path.display().to_string())
}

fn make(folder: &DataFolder, db: &Db) -> anyhow::Result<InstanceKey> {
    let path = folder.instance_key();
    if let Some(known) = db.read_blocking(instance::find)? {
        bail!(
            "the instance key {known} of this database is missing at {}; put it back there, give \
             it as secrets.instance_key, or restore a backup",
            path.display()
        );
    }
    let bytes = db.read_blocking(|tx| Ok::<[u8; 32], db::Error>(tx.random()))?;
    let key = InstanceKey(SecretBox::new(Box::new(bytes)));
    write(&path, &key).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(key)
}

/// Writes the key so that it survives a power cut: without it the database is worth little.
fn write(path: &Path, key: &InstanceKey) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key.to_text().as_bytes())?;
    file.sync_all()?;
    File::open(path.parent().expect("a file lies in a folder"))?.sync_all()
}
