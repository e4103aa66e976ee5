//! Uploaded files against the rows that name them.

use db::{Db, Error, Tx};
use files::{Hash, Store};

use super::store::{self, UseRow};
use super::{CHUNK, MAX_FAULTS};
use crate::ids::{AccountId, MediaNo, PersonId, UploadNo};
use crate::media;
use crate::media::store::{USE_MEDIA, USE_UPLOAD};

/// A sentence for each file that is missing or damaged, and for each row that is at odds with it.
pub async fn list_file_faults(db: &Db, files: &Store) -> Result<Vec<String>, Error> {
    let mut faults = db.read(list_uncounted).await?;
    let mut after = String::new();
    while faults.len() <= MAX_FAULTS {
        let from = after.clone();
        let page = db.read(move |tx| store::list_used(tx, &from, CHUNK)).await?;
        let Some(last) = page.last() else { break };
        after = last.to_string();
        for hash in page {
            faults.extend(check(db, files, hash).await?);
        }
    }
    Ok(faults)
}

async fn check(db: &Db, files: &Store, hash: Hash) -> Result<Vec<String>, Error> {
    let (mut faults, needed) = db.read(move |tx| check_users(tx, hash)).await?;
    match files.verify(&hash).await {
        Ok(()) => {}
        // Rows that have expired are gone as far as anybody can tell.
        Err(files::Error::Missing(_)) if !needed => {}
        Err(error) => faults.push(error.to_string()),
    }
    Ok(faults)
}

/// What is wrong with those who use a file, and whether any of them still needs it.
fn check_users(tx: &mut Tx<'_>, hash: Hash) -> Result<(Vec<String>, bool), Error> {
    let now = tx.now();
    let (mut faults, mut needed) = (Vec::new(), false);
    for UseRow { root, number, kind } in store::list_users(tx, &hash)? {
        let row = match kind.as_str() {
            USE_MEDIA => media::store::find(tx, AccountId(root), MediaNo(number))?
                .map(|media| (media.hash, media.expires_at)),
            USE_UPLOAD => media::store::find_upload(tx, PersonId(root), UploadNo(number))?
                .map(|upload| (upload.hash, upload.expires_at)),
            _ => None,
        };
        match row.filter(|(named, _)| *named == hash) {
            Some((_, expires_at)) => needed |= expires_at > now,
            None => {
                faults.push(format!("file {hash}: {kind} {number} of {root} does not name it"));
            }
        }
    }
    Ok((faults, needed))
}

/// Media and uploads without a note that their file is in use: a sweep would take it from them.
fn list_uncounted(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let media = store::count_media(tx)?;
    let (used_by_media, used_by_uploads) = store::count_uses(tx)?;
    let uploads = store::count_uploads(tx)?;
    let sentence = |what, rows, uses| format!("{rows} {what} are there, and {uses} uses of files");
    let mut faults = Vec::new();
    if media != used_by_media {
        faults.push(sentence("media", media, used_by_media));
    }
    if uploads != used_by_uploads {
        faults.push(sentence("uploads", uploads, used_by_uploads));
    }
    Ok(faults)
}
