//! All SQL of the media.

use db::{Error, Timestamp, Tx, params};
use files::Hash;

use super::{Measures, Media, MediaKind, Upload};
use crate::ids::{AccountId, MediaNo, PersonId, UploadNo};

/// A medium of an account uses a file; the root is the account.
pub(crate) const USE_MEDIA: &str = "media";
/// An upload of a person does; the root is the person.
pub(crate) const USE_UPLOAD: &str = "upload";

db::row! {
    struct FileRow {
        root: i64,
        number: i64,
        kind: String,
        hash: String,
        size_bytes: i64,
        content_type: String,
        file_name: String,
        width: Option<i64>,
        height: Option<i64>,
        millis: Option<i64>,
        created_at: Timestamp,
        expires_at: Timestamp,
    }
}

impl FileRow {
    fn kind(&self) -> Result<MediaKind, Error> {
        MediaKind::from_word(&self.kind).ok_or_else(|| self.broken("kind"))
    }

    fn hash(&self) -> Result<Hash, Error> {
        self.hash.parse().map_err(|_| self.broken("hash"))
    }

    fn measures(&self) -> Measures {
        let number = |column: Option<i64>| column.and_then(|n| u32::try_from(n).ok());
        Measures {
            size: number(self.width).zip(number(self.height)),
            millis: self.millis.and_then(|millis| u64::try_from(millis).ok()),
        }
    }

    fn broken(&self, what: &str) -> Error {
        Error::Corrupt(format!("file {} of {}: {what}", self.number, self.root))
    }

    fn into_media(self) -> Result<Media, Error> {
        Ok(Media {
            account: AccountId(self.root),
            no: MediaNo(self.number),
            kind: self.kind()?,
            hash: self.hash()?,
            measures: self.measures(),
            size_bytes: self.size_bytes,
            content_type: self.content_type,
            file_name: self.file_name,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }

    fn into_upload(self) -> Result<Upload, Error> {
        Ok(Upload {
            person: PersonId(self.root),
            no: UploadNo(self.number),
            kind: self.kind()?,
            hash: self.hash()?,
            measures: self.measures(),
            size_bytes: self.size_bytes,
            content_type: self.content_type,
            file_name: self.file_name,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

pub(crate) fn find(
    tx: &mut Tx<'_>,
    account: AccountId,
    no: MediaNo,
) -> Result<Option<Media>, Error> {
    let row: Option<FileRow> = tx.optional(
        "select account_id, media_no, kind, hash, size_bytes, content_type, file_name, width, \
         height, millis, created_at, expires_at from media \
         where account_id = $1 and media_no = $2",
        params![account, no],
    )?;
    row.map(FileRow::into_media).transpose()
}

pub(crate) fn find_upload(
    tx: &mut Tx<'_>,
    person: PersonId,
    no: UploadNo,
) -> Result<Option<Upload>, Error> {
    let row: Option<FileRow> = tx.optional(
        "select person_id, upload_no, kind, hash, size_bytes, content_type, file_name, width, \
         height, millis, created_at, expires_at from upload \
         where person_id = $1 and upload_no = $2",
        params![person, no],
    )?;
    row.map(FileRow::into_upload).transpose()
}

/// Inserts a medium and notes that it uses its file.
pub(crate) fn insert(tx: &mut Tx<'_>, media: &Media) -> Result<(), Error> {
    let (width, height) = media.measures.size.unzip();
    tx.execute(
        "insert into media (account_id, media_no, kind, hash, size_bytes, content_type, \
         file_name, width, height, millis, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            media.account,
            media.no,
            media.kind.as_str(),
            media.hash.to_string(),
            media.size_bytes,
            media.content_type.as_str(),
            media.file_name.as_str(),
            width.map(i64::from),
            height.map(i64::from),
            millis(media.measures),
            media.created_at,
            media.expires_at
        ],
    )?;
    insert_use(tx, &media.hash, USE_MEDIA, (media.account.0, media.no.0))
}

/// Likewise an upload.
pub(crate) fn insert_upload(tx: &mut Tx<'_>, upload: &Upload) -> Result<(), Error> {
    let (width, height) = upload.measures.size.unzip();
    tx.execute(
        "insert into upload (person_id, upload_no, kind, hash, size_bytes, content_type, \
         file_name, width, height, millis, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            upload.person,
            upload.no,
            upload.kind.as_str(),
            upload.hash.to_string(),
            upload.size_bytes,
            upload.content_type.as_str(),
            upload.file_name.as_str(),
            width.map(i64::from),
            height.map(i64::from),
            millis(upload.measures),
            upload.created_at,
            upload.expires_at
        ],
    )?;
    insert_use(tx, &upload.hash, USE_UPLOAD, (upload.person.0, upload.no.0))
}

fn millis(measures: Measures) -> Option<i64> {
    measures.millis.and_then(|millis| i64::try_from(millis).ok())
}

pub(crate) fn remove(tx: &mut Tx<'_>, account: AccountId, no: MediaNo) -> Result<(), Error> {
    tx.execute("delete from media where account_id = $1 and media_no = $2", params![account, no])?;
    Ok(())
}

pub(crate) fn remove_upload(tx: &mut Tx<'_>, person: PersonId, no: UploadNo) -> Result<(), Error> {
    tx.execute("delete from upload where person_id = $1 and upload_no = $2", params![person, no])?;
    Ok(())
}

/// Media of an account, whatever they are.
pub(crate) fn list_any(
    tx: &mut Tx<'_>,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(MediaNo, Hash)>, Error> {
    let rows: Vec<(MediaNo, String)> = tx.list(
        "select media_no, hash from media where account_id = $1 order by media_no limit $2",
        params![account, limit],
    )?;
    let parse = |(no, hash): (MediaNo, String)| match hash.parse() {
        Ok(hash) => Ok((no, hash)),
        Err(_) => Err(Error::Corrupt(format!("media {no} of account {account}: hash"))),
    };
    rows.into_iter().map(parse).collect()
}

// Who uses which file.

fn insert_use(
    tx: &mut Tx<'_>,
    hash: &Hash,
    kind: &str,
    (root, number): (i64, i64),
) -> Result<(), Error> {
    tx.execute(
        "insert into file_use (hash, root, number, kind) values ($1, $2, $3, $4)",
        params![hash.to_string(), root, number, kind],
    )?;
    Ok(())
}

pub(crate) fn remove_use(
    tx: &mut Tx<'_>,
    hash: &Hash,
    kind: &str,
    (root, number): (i64, i64),
) -> Result<(), Error> {
    tx.execute(
        "delete from file_use where hash = $1 and kind = $2 and root = $3 and number = $4",
        params![hash.to_string(), kind, root, number],
    )?;
    Ok(())
}

pub(crate) fn is_used(tx: &mut Tx<'_>, hash: &Hash) -> Result<bool, Error> {
    let user: Option<i64> = tx
        .optional("select root from file_use where hash = $1 limit 1", params![hash.to_string()])?;
    Ok(user.is_some())
}
