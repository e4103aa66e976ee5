//! Accounts as their owners make and see them.

mod create;
mod get;
mod list;
mod remove;
mod set_callback;

use axum::Router;
use axum::routing::{get, post};
use platform::Platform;
use platform::accounts::settings::Callback;
use platform::accounts::{self, edge};
use serde::{Deserialize, Serialize};
use wire::callback::{Format, Mode};
use wire::ids::{EncodingAesKey, Token};

use crate::app::App;
use crate::instant;
use crate::problem::{Problem, Refused};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/accounts", post(create::handle).get(list::handle))
        .route("/accounts/{appid}", get(get::handle).delete(remove::handle))
        .route("/accounts/{appid}/callback", axum::routing::put(set_callback::handle))
}

/// The account with this AppID.
pub(super) async fn find(platform: &Platform, app_id: &str) -> Refused<accounts::Account> {
    edge::find_by_app_id(platform, app_id).await?.ok_or(Problem::NoAccount)
}

/// A server for pushes, as it is given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCallback {
    url: String,
    token: String,
    #[serde(default)]
    mode: CallbackMode,
    encoding_aes_key: Option<String>,
}

/// How pushes are encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CallbackMode {
    #[default]
    Plain,
    Compatible,
    Safe,
}

/// How pushes are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PushFormat {
    #[default]
    Xml,
    Json,
}

impl NewCallback {
    pub(super) fn read(&self) -> Refused<Callback> {
        let aes_key = self.encoding_aes_key.as_deref().map(EncodingAesKey::parse).transpose();
        Ok(Callback {
            url: self.url.clone(),
            token: Token::parse(&self.token)
                .map_err(|_| Problem::Value { field: "token", expected: "[A-Za-z0-9]{3,32}" })?,
            mode: match self.mode {
                CallbackMode::Plain => Mode::Plain,
                CallbackMode::Compatible => Mode::Compatible,
                CallbackMode::Safe => Mode::Safe,
            },
            aes_key: aes_key.map_err(|_| Problem::Value {
                field: "encoding_aes_key",
                expected: "[A-Za-z0-9]{43}",
            })?,
        })
    }
}

impl PushFormat {
    pub(super) fn read(self) -> Format {
        match self {
            Self::Xml => Format::Xml,
            Self::Json => Format::Json,
        }
    }
}

/// An account as it is shown: everything but its secrets, which were told when it was made.
#[derive(Serialize)]
pub(super) struct Account {
    appid: String,
    username: String,
    name: String,
    kind: &'static str,
    verified: bool,
    introduction: String,
    /// Null: the account answers by its rules.
    callback: Option<ShownCallback>,
    ip_whitelist: Vec<String>,
    format: PushFormat,
    recognize_voice: bool,
    report_location: bool,
    created_at: String,
}

#[derive(Serialize)]
struct ShownCallback {
    url: String,
    mode: CallbackMode,
}

impl Account {
    pub(super) fn new(account: &accounts::Account) -> Self {
        let mode = match account.mode {
            Mode::Plain => CallbackMode::Plain,
            Mode::Compatible => CallbackMode::Compatible,
            Mode::Safe => CallbackMode::Safe,
        };
        let callback = account.callback_url.clone();
        Self {
            appid: account.app_id.as_str().to_owned(),
            username: account.username.as_str().to_owned(),
            name: account.name.clone(),
            kind: account.kind.as_str(),
            verified: account.verified,
            introduction: account.introduction.clone(),
            callback: callback.map(|url| ShownCallback { url, mode }),
            ip_whitelist: account.ip_whitelist.iter().map(ToString::to_string).collect(),
            format: match account.format {
                Format::Xml => PushFormat::Xml,
                Format::Json => PushFormat::Json,
            },
            recognize_voice: account.recognize_voice,
            report_location: account.report_location,
            created_at: instant::format(account.created_at),
        }
    }
}

impl From<accounts::Error> for Problem {
    fn from(error: accounts::Error) -> Self {
        use accounts::Error;
        match error {
            Error::NotFound => Self::NoAccount,
            Error::InvalidName => Self::AccountName { most: accounts::MAX_NAME },
            Error::IntroductionTooLong => Self::FieldTooLong {
                field: "introduction".to_owned(),
                most: accounts::MAX_INTRODUCTION,
            },
            Error::InvalidCallbackUrl(_) => {
                Self::Value { field: "url", expected: "http(s)://HOST[:PORT]/PATH" }
            }
            Error::InvalidAddress(_) => Self::Value { field: "ip_whitelist", expected: "IP, CIDR" },
            Error::WhitelistTooLong => Self::Value { field: "ip_whitelist", expected: "≤ 200" },
            Error::CallbackRejected(why) => Self::CallbackRejected(why),
            Error::Store(error) => error.into(),
            Error::IdTaken | Error::ForcedTooOften | Error::WrongKey => {
                Self::Internal(error.to_string())
            }
        }
    }
}
