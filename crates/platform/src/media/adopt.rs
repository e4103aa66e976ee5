//! A person's upload becomes a medium of the account that he sends it to: the same file under a
//! new row, with its own expiry, in the transaction that sends.

use db::{Error, Tx};

use super::{Measures, Media, MediaKind, Upload, jobs, store, thumb};
use crate::conversations::content::MediaRef;
use crate::ids::{AccountId, MediaNo};

/// What an account got of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adopted {
    /// The file itself.
    pub media: MediaRef,
    /// The cover; films have one always.
    pub thumb: Option<MediaRef>,
}

/// Makes the account's medium of an upload, and for a film its cover: a plain picture, whose file
/// was stored with the upload.
pub fn adopt(tx: &mut Tx<'_>, account: AccountId, upload: &Upload) -> Result<Adopted, Error> {
    let now = tx.now();
    let media = Media {
        account,
        no: MediaNo(tx.number("media")?),
        kind: upload.kind,
        hash: upload.hash,
        size_bytes: upload.size_bytes,
        content_type: upload.content_type.clone(),
        file_name: upload.file_name.clone(),
        measures: upload.measures,
        created_at: now,
        expires_at: now.plus_secs(super::LIFETIME_SECS),
    };
    insert(tx, &media)?;
    let thumb = match media.kind {
        MediaKind::Video => Some(insert_cover(tx, &media)?),
        _ => None,
    };
    Ok(Adopted { media: media.reference(), thumb })
}

fn insert_cover(tx: &mut Tx<'_>, film: &Media) -> Result<MediaRef, Error> {
    let bytes = thumb::neutral();
    let cover = Media {
        no: MediaNo(tx.number("media")?),
        kind: MediaKind::Thumb,
        hash: files::Hash::of(&bytes),
        size_bytes: i64::try_from(bytes.len()).expect("a small file"),
        content_type: files::Type::Jpeg.mime().to_owned(),
        file_name: String::new(),
        measures: Measures { size: files::image_size(&bytes), millis: None },
        ..film.clone()
    };
    insert(tx, &cover)?;
    Ok(cover.reference())
}

fn insert(tx: &mut Tx<'_>, media: &Media) -> Result<(), Error> {
    store::insert(tx, media)?;
    jobs::enqueue_media(tx, media)
}
