//! AppID and AppSecret, in the order in which the official platform judges them (spec core 8.2).

use platform::Platform;
use platform::accounts::Account;
use platform::accounts::credentials::is_secret;
use platform::accounts::edge::find_by_app_id;
use wire::errcode::{ErrCode, not_in_whitelist};

use crate::call::Visitor;
use crate::error::ApiError;

/// The only `grant_type` of the endpoints that issue tokens.
const GRANT_TYPE: &str = "client_credential";

/// What a visitor gave; empty is absent.
pub(crate) struct Credentials<'a> {
    pub(crate) appid: &'a str,
    pub(crate) secret: &'a str,
    /// `None` where none is asked for.
    pub(crate) grant_type: Option<&'a str>,
}

/// The account that the credentials open, from an address that it admits.
pub(crate) async fn authenticate(
    platform: &Platform,
    visitor: &Visitor,
    given: &Credentials<'_>,
) -> Result<Account, ApiError> {
    if given.appid.is_empty() {
        return Err(ErrCode::APPID_MISSING.into());
    }
    let account = find_by_app_id(platform, given.appid).await?.ok_or(ErrCode::INVALID_APPID)?;
    visitor.name(account.id);
    if given.grant_type.is_some_and(|grant_type| grant_type != GRANT_TYPE) {
        return Err(ErrCode::INVALID_GRANT_TYPE.into());
    }
    if given.secret.is_empty() {
        return Err(ErrCode::APPSECRET_MISSING.into());
    }
    if account.secret_frozen {
        return Err(ErrCode::APPSECRET_FROZEN.into());
    }
    if !is_secret(&account, given.secret) {
        return Err(ErrCode::INVALID_APPSECRET.into());
    }
    if !account.admits(visitor.address()) {
        let text = not_in_whitelist(visitor.address());
        return Err(ApiError::with_text(ErrCode::NOT_IN_WHITELIST, text));
    }
    Ok(account)
}
