//! Room `media`: files that are kept for three days, and pictures for articles (素材管理).

mod get;
mod get_jssdk;
mod upload;
mod uploadimg;

use platform::Platform;
use platform::media::{self, Error, Media, MediaKind};
use wire::errcode::ErrCode;
use wire::ids::MediaId;

use crate::call::Caller;
use crate::error::ApiError;
use crate::query::Query;
use crate::reply::Attachment;
use crate::table::Table;

pub(crate) fn routes() -> Table {
    Table::by_token()
        .post("/cgi-bin/media/upload", upload::handle)
        .post("/cgi-bin/media/uploadimg", uploadimg::handle)
        .get("/cgi-bin/media/get", get::handle)
        .get("/cgi-bin/media/get/jssdk", get_jssdk::handle)
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Empty => ErrCode::EMPTY_MEDIA_DATA.into(),
            Error::WrongType(_) => ErrCode::INVALID_FILE_TYPE.into(),
            Error::TooLarge(kind) => too_large(kind).into(),
            Error::TooLong => ErrCode::PLAYTIME_OUT_OF_LIMIT.into(),
            Error::Files(error) => Self::unforeseen(&error),
            Error::Store(error) => error.into(),
        }
    }
}

fn too_large(kind: MediaKind) -> ErrCode {
    match kind {
        MediaKind::Image | MediaKind::Picture => ErrCode::INVALID_IMAGE_SIZE,
        MediaKind::Voice => ErrCode::INVALID_VOICE_SIZE,
        MediaKind::Video => ErrCode::INVALID_VIDEO_SIZE,
        MediaKind::Thumb => ErrCode::INVALID_THUMB_SIZE,
    }
}

/// The caller's medium that the query names, and its official id.
async fn find(
    platform: &Platform,
    caller: &Caller,
    query: &Query,
) -> Result<(Media, MediaId), ApiError> {
    let id = query.find("media_id").ok_or(ErrCode::MEDIA_ID_MISSING)?;
    let id = MediaId::parse(&id).map_err(|_| ErrCode::INVALID_MEDIA_ID)?;
    let account = caller.id();
    let no = media::resolve(&platform.keys, account, &id).ok_or(ErrCode::INVALID_MEDIA_ID)?;
    let found = platform.db.read(move |tx| media::find(tx, account, no)).await?;
    Ok((found.ok_or(ErrCode::INVALID_MEDIA_ID)?, id))
}

/// The file of a medium, named by its id.
async fn attach(platform: &Platform, media: Media, id: &MediaId) -> Result<Attachment, ApiError> {
    let bytes = media::edge::read(platform, &media).await?;
    let file_name = format!("{id}.{}", media.extension());
    Ok(Attachment { content_type: media.content_type, file_name, bytes })
}

/// 40007 with the sentence that explains it: recordings are given out as they came in.
fn not_converted(media: &Media, wanted: &str) -> ApiError {
    let text = format!(
        "invalid media_id, the recording is {} and no converter to {wanted} is installed",
        media.extension()
    );
    ApiError::with_text(ErrCode::INVALID_MEDIA_ID, text)
}
