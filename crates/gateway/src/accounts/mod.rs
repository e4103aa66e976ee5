//! Room `accounts`: tokens and tickets (基础接口).

mod credentials;
mod getticket;
mod stable_token;
mod token;

pub(crate) use credentials::{Credentials, authenticate};

use platform::accounts::Error;
use wire::errcode::ErrCode;

use crate::error::ApiError;
use crate::table::Table;

pub(crate) fn routes() -> Table {
    Table::by_token().get("/cgi-bin/ticket/getticket", getticket::handle).merge(
        Table::by_secret()
            .any("/cgi-bin/token", token::handle)
            .post("/cgi-bin/stable_token", stable_token::handle),
    )
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => ErrCode::INVALID_APPID.into(),
            Error::ForcedTooOften => ErrCode::DAILY_QUOTA_REACHED.into(),
            Error::Store(error) => error.into(),
            // What the console and the sandbox set; no endpoint of this room does.
            Error::InvalidName
            | Error::IntroductionTooLong
            | Error::IdTaken
            | Error::InvalidCallbackUrl(_)
            | Error::InvalidAddress(_)
            | Error::WhitelistTooLong
            | Error::CallbackRejected(_)
            | Error::WrongKey => Self::unforeseen(&error),
        }
    }
}
