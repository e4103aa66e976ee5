//! Room `messaging`: messages to one person (客服消息).

mod custom_content;
mod custom_send;
mod custom_typing;

use platform::messaging::Error;
use wire::errcode::ErrCode;

use crate::error::ApiError;
use crate::table::Table;

pub(crate) fn routes() -> Table {
    Table::by_token()
        .post("/cgi-bin/message/custom/send", custom_send::handle)
        .post("/cgi-bin/message/custom/typing", custom_typing::handle)
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::InvalidOpenId => ErrCode::INVALID_OPENID.into(),
            Error::EmptyContent => ErrCode::EMPTY_CONTENT.into(),
            Error::TextTooLong => ErrCode::CONTENT_SIZE_OUT_OF_LIMIT.into(),
            Error::EmptyNews => ErrCode::EMPTY_NEWS_DATA.into(),
            Error::TooManyArticles => ErrCode::ARTICLE_SIZE_OUT_OF_LIMIT.into(),
            Error::InvalidMenu => ErrCode::MENU_MESSAGE_LIST_OUT_OF_LIMIT.into(),
            Error::InvalidMenuItem => ErrCode::MENU_MESSAGE_ITEM_OUT_OF_LIMIT.into(),
            Error::MediaNotFound => ErrCode::INVALID_MEDIA_ID.into(),
            Error::Closed => ErrCode::RESPONSE_OUT_OF_TIME.into(),
            Error::UsedUp => ErrCode::RESPONSE_COUNT_OUT_OF_LIMIT.into(),
            Error::NotTalking => ErrCode::TYPING_WITHOUT_EXCHANGE.into(),
            Error::AlreadyTyping => ErrCode::ALREADY_TYPING.into(),
            Error::Store(error) => error.into(),
            // What people may do wrong; no endpoint of this room speaks for one.
            Error::AccountNotFound
            | Error::PersonNotFound
            | Error::NotFollowing
            | Error::Repeated
            | Error::InvalidPlace => Self::unforeseen(&error),
        }
    }
}
