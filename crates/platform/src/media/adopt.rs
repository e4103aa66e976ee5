//! A person's upload becomes a medium of the account that he sends it to: the same file under a
//! new row, with its own expiry, in the transaction that sends.

use db::{Error, Tx};
use files::Type;

use super::{Media, MediaKind, Measures, Upload, jobs, store, thumb};
use crate::conversations::content::MediaRef;
use crate::ids::{AccountId, MediaNo};

/// Makes the account's medium of an upload.
pub fn adopt(tx: &mut Tx<'_>, account: AccountId, upload: &Upload) -> Result<MediaRef, Error> {
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
    insert(tx, &media)
}

/// Makes the cover of a film that [`adopt`] took: a plain picture, whose file was stored with the
/// upload. `None`: the medium is no film.
pub fn adopt_cover(
    tx: &mut Tx<'_>,
    account: AccountId,
    film: &MediaRef,
) -> Result<Option<MediaRef>, Error> {
    let film = store::find(tx, account, film.no)?.filter(|film| film.kind == MediaKind::Video);
    let Some(film) = film else { return Ok(None) };
    let bytes = thumb::neutral();
    let cover = Media {
        no: MediaNo(tx.number("media")?),
        kind: MediaKind::Thumb,
        hash: files::Hash::of(&bytes),
        size_bytes: i64::try_from(bytes.len()).expect("a small file"),
        content_type: Type::Jpeg.mime().to_owned(),
        file_name: String::new(),
        measures: Measures { size: files::image_size(&bytes), millis: None },
        ..film
    };
    insert(tx, &cover).map(Some)
}

fn insert(tx: &mut Tx<'_>, media: &Media) -> Result<MediaRef, Error> {
    store::insert(tx, media)?;
    jobs::enqueue_media(tx, media)?;
    Ok(media.reference())
}

impl Upload {
    /// The wire's word for the format of a recording; empty for anything else.
    pub fn format(&self) -> String {
        let voices = [Type::Amr, Type::Mp3, Type::Speex];
        let format = voices.iter().find(|voice| voice.mime() == self.content_type);
        format.map_or_else(String::new, |voice| voice.extension().to_owned())
    }
}
