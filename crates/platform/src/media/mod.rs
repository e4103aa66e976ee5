//! Files that accounts and people exchange: temporary media, pictures for articles, uploads.
//!
//! A file is stored under the hash of its bytes before the row that names it; `file_use` says who
//! uses a hash, and what nobody uses is removed. Types are decided by content, never by name.

pub mod edge;
pub mod jobs;

mod adopt;
mod check;
mod id;
pub(crate) mod store;
mod thumb;

pub use adopt::{Adopted, adopt};
pub use id::{address, media_id, resolve, upload_address};

use db::{Timestamp, Tx};
use files::Type;
use wire::ids::MediaId;

use crate::conversations::content::MediaRef;
use crate::ids::{AccountId, MediaNo, PersonId, UploadNo};
use crate::keys::Keys;

/// Seconds that temporary media live.
pub const LIFETIME_SECS: i64 = 3 * 86_400;

/// What a medium is used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A picture (`image`).
    Image,
    /// A recording (`voice`).
    Voice,
    /// A film (`video`).
    Video,
    /// The cover of a film or of a piece of music (`thumb`).
    Thumb,
    /// A picture inside an article: it stays, and has an address but no media id.
    Picture,
}

/// What is known of a file's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measures {
    /// Pixels, where it has any.
    pub size: Option<(u32, u32)>,
    /// Milliseconds, where it plays.
    pub millis: Option<u64>,
}

/// A medium of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Whose it is.
    pub account: AccountId,
    /// Its number.
    pub no: MediaNo,
    /// What it is used as.
    pub kind: MediaKind,
    /// The file.
    pub hash: files::Hash,
    /// The file's length.
    pub size_bytes: i64,
    /// Decided by the content.
    pub content_type: String,
    /// As whoever sent it called it; may be empty.
    pub file_name: String,
    /// What is known of the content.
    pub measures: Measures,
    /// When it came.
    pub created_at: Timestamp,
    /// From then on it is not found.
    pub expires_at: Timestamp,
}

/// A file of a person, before he sends it to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Whose it is.
    pub person: PersonId,
    /// Its number.
    pub no: UploadNo,
    /// What it is used as.
    pub kind: MediaKind,
    /// The file.
    pub hash: files::Hash,
    /// The file's length.
    pub size_bytes: i64,
    /// Decided by the content.
    pub content_type: String,
    /// As he called it; may be empty.
    pub file_name: String,
    /// What is known of the content.
    pub measures: Measures,
    /// When it came.
    pub created_at: Timestamp,
    /// From then on it is not found.
    pub expires_at: Timestamp,
}

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// The content is not of a type that its kind allows.
    #[error("the file's content is not allowed for {}", .0.as_str())]
    WrongType(MediaKind),
    /// More bytes than its kind allows.
    #[error("the file is larger than {} may be", .0.as_str())]
    TooLarge(MediaKind),
    /// A recording of more than a minute.
    #[error("the recording is longer than {MAX_VOICE_MILLIS} ms")]
    TooLong,
    /// The files failed.
    #[error(transparent)]
    Files(#[from] files::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// The longest recording (spec core 13.5).
pub const MAX_VOICE_MILLIS: u64 = 60_000;

/// What may be stored.
const TYPES: [Type; 8] =
    [Type::Jpeg, Type::Png, Type::Gif, Type::Bmp, Type::Amr, Type::Mp3, Type::Speex, Type::Mp4];

/// Finds a medium that has not expired.
pub fn find(tx: &mut Tx<'_>, account: AccountId, no: MediaNo) -> Result<Option<Media>, db::Error> {
    let now = tx.now();
    let media = store::find(tx, account, no)?;
    Ok(media.filter(|media| now < media.expires_at))
}

/// The medium of a kind behind an official id, as messages hold it.
pub fn find_ref(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: AccountId,
    id: &MediaId,
    kind: MediaKind,
) -> Result<Option<MediaRef>, db::Error> {
    let Some(no) = resolve(keys, account, id) else { return Ok(None) };
    let media = find(tx, account, no)?.filter(|media| media.kind == kind);
    Ok(media.map(|media| media.reference()))
}

/// Finds an upload that has not expired.
pub fn find_upload(
    tx: &mut Tx<'_>,
    person: PersonId,
    no: UploadNo,
) -> Result<Option<Upload>, db::Error> {
    let now = tx.now();
    let upload = store::find_upload(tx, person, no)?;
    Ok(upload.filter(|upload| now < upload.expires_at))
}

/// Removes up to `limit` media of an account that is no more; answers how many. The files go with
/// the next sweep.
pub(crate) fn erase(tx: &mut Tx<'_>, account: AccountId, limit: i64) -> Result<u64, db::Error> {
    let rows = store::list_any(tx, account, limit)?;
    for (no, hash) in &rows {
        store::remove(tx, account, *no)?;
        store::remove_use(tx, hash, store::USE_MEDIA, (account.0, no.0))?;
    }
    Ok(rows.len() as u64)
}

impl Media {
    /// The medium as messages hold it.
    pub fn reference(&self) -> MediaRef {
        MediaRef { no: self.no, size: self.measures.size, millis: self.measures.millis }
    }

    /// The end of the file's name, without the dot.
    pub fn extension(&self) -> &'static str {
        let found = TYPES.iter().find(|known| known.mime() == self.content_type);
        found.map_or("bin", |known| known.extension())
    }

    /// Recorded by the JS-SDK.
    pub fn is_speex(&self) -> bool {
        self.content_type == Type::Speex.mime()
    }
}

impl MediaKind {
    const ALL: [Self; 5] = [Self::Image, Self::Voice, Self::Video, Self::Thumb, Self::Picture];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Video => "video",
            Self::Thumb => "thumb",
            Self::Picture => "picture",
        }
    }

    /// The kind of a temporary medium by its word on the wire.
    pub fn parse(word: &str) -> Option<Self> {
        Self::from_word(word).filter(|kind| *kind != Self::Picture)
    }

    /// The kind of that word in the store.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
