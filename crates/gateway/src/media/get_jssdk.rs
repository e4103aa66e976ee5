//! `GET /cgi-bin/media/get/jssdk`: a recording of the JS-SDK as Speex at 16 kHz (获取高清语音素材).

use axum::extract::State;
use platform::Platform;
use platform::media::MediaKind;
use wire::errcode::ErrCode;

use super::{attach, find, not_converted};
use crate::call::Caller;
use crate::error::ApiError;
use crate::query::Query;
use crate::reply::Attachment;

pub(crate) async fn handle(
    State(platform): State<Platform>,
    caller: Caller,
    query: Query,
) -> Result<Attachment, ApiError> {
    let (media, id) = find(&platform, &caller, &query).await?;
    if media.kind != MediaKind::Voice {
        return Err(ErrCode::INVALID_MEDIA_ID.into());
    }
    if !media.is_speex() {
        return Err(not_converted(&media, "speex"));
    }
    attach(&platform, media, &id).await
}
