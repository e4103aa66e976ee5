//! The steps around transactions: storing files before their rows, and reading them.

use bytes::Bytes;
use db::{Timestamp, Tx};
use files::Hash;

use super::check::{self, Checked};
use super::{Error, LIFETIME_SECS, Media, MediaKind, Upload, jobs, store, thumb};
use crate::Platform;
use crate::ids::{AccountId, IdKind, MediaNo, PersonId, UploadNo};

/// Characters of a file's name that are kept.
const MAX_FILE_NAME: usize = 200;

/// A file to be stored.
#[derive(Debug, Clone)]
pub struct NewMedia {
    /// What it is to be used as.
    pub kind: MediaKind,
    /// Its content.
    pub bytes: Bytes,
    /// As whoever sent it called it; may be empty, and decides nothing.
    pub file_name: String,
}

/// A file whose bytes are stored and whose row is to be written.
#[derive(Clone)]
struct Stored {
    kind: MediaKind,
    hash: Hash,
    size_bytes: i64,
    checked: Checked,
    file_name: String,
}

/// Stores a medium of an account: a temporary one for three days, a picture for articles for good.
pub async fn store(platform: &Platform, account: AccountId, new: NewMedia) -> Result<Media, Error> {
    let stored = put(platform, new).await?;
    platform.db.write(move |tx| insert(tx, account, &stored)).await
}

/// Stores a file of a person. With a film goes the cover that it will have
/// ([`adopt`](super::adopt)).
pub async fn store_upload(
    platform: &Platform,
    person: PersonId,
    new: NewMedia,
) -> Result<Upload, Error> {
    if new.kind == MediaKind::Video {
        platform.files.put(thumb::neutral().into()).await?;
    }
    let stored = put(platform, new).await?;
    platform.db.write(move |tx| insert_upload(tx, person, &stored)).await
}

/// Reads a medium's file.
pub async fn read(platform: &Platform, media: &Media) -> Result<Bytes, Error> {
    Ok(platform.files.get(&media.hash).await?)
}

/// The content type and the file behind the last part of an address that we made.
pub async fn fetch(platform: &Platform, public_id: &str) -> Result<Option<(String, Bytes)>, Error> {
    let ids = platform.keys.ids();
    let found = if let Some((root, no)) = ids.decode(IdKind::Media, public_id) {
        let find = move |tx: &mut Tx<'_>| super::find(tx, AccountId(root), MediaNo(no));
        platform.db.read(find).await?.map(|media| (media.content_type, media.hash))
    } else if let Some((root, no)) = ids.decode(IdKind::Upload, public_id) {
        let find = move |tx: &mut Tx<'_>| super::find_upload(tx, PersonId(root), UploadNo(no));
        platform.db.read(find).await?.map(|upload| (upload.content_type, upload.hash))
    } else {
        None
    };
    let Some((content_type, hash)) = found else { return Ok(None) };
    Ok(Some((content_type, platform.files.get(&hash).await?)))
}

async fn put(platform: &Platform, new: NewMedia) -> Result<Stored, Error> {
    let checked = check::check(new.kind, &new.bytes)?;
    let size_bytes = i64::try_from(new.bytes.len()).expect("files are bounded");
    let hash = platform.files.put(new.bytes).await?;
    let file_name = clean(&new.file_name);
    Ok(Stored { kind: new.kind, hash, size_bytes, checked, file_name })
}

fn insert(tx: &mut Tx<'_>, account: AccountId, stored: &Stored) -> Result<Media, Error> {
    let now = tx.now();
    let stays = stored.kind == MediaKind::Picture;
    let media = Media {
        account,
        no: MediaNo(tx.number("media")?),
        kind: stored.kind,
        hash: stored.hash,
        size_bytes: stored.size_bytes,
        content_type: stored.checked.kind.mime().to_owned(),
        file_name: stored.file_name.clone(),
        measures: stored.checked.measures,
        created_at: now,
        expires_at: if stays { Timestamp(i64::MAX) } else { now.plus_secs(LIFETIME_SECS) },
    };
    store::insert(tx, &media)?;
    if !stays {
        jobs::enqueue_media(tx, &media)?;
    }
    Ok(media)
}

fn insert_upload(tx: &mut Tx<'_>, person: PersonId, stored: &Stored) -> Result<Upload, Error> {
    let now = tx.now();
    let upload = Upload {
        person,
        no: UploadNo(tx.number("upload")?),
        kind: stored.kind,
        hash: stored.hash,
        size_bytes: stored.size_bytes,
        content_type: stored.checked.kind.mime().to_owned(),
        file_name: stored.file_name.clone(),
        measures: stored.checked.measures,
        created_at: now,
        expires_at: now.plus_secs(LIFETIME_SECS),
    };
    store::insert_upload(tx, &upload)?;
    jobs::enqueue_upload(tx, &upload)?;
    Ok(upload)
}

/// The last part of a path, of bounded length and without control characters.
fn clean(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|letter| !letter.is_control()).take(MAX_FILE_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_the_end_of_a_path() {
        assert_eq!(clean("C:\\Users\\tea\\茶.jpg"), "茶.jpg");
        assert_eq!(clean("/tmp/a\0b\r\n.png"), "ab.png");
        assert_eq!(clean(&"x".repeat(500)).len(), MAX_FILE_NAME);
        assert_eq!(clean(""), "");
    }
}
