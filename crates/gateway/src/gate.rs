//! The checks of every call, in their one order: token (41001, 40001, 42001), state of the
//! account, permission (48001), quotas (45011, 45009), method (43001, 43002). The body's (44002,
//! 47001) follow in [`Body`](crate::body::Body), the fields' and rules' in the endpoint.

use std::sync::Arc;

use axum::http::Method;
use platform::Platform;
use platform::accounts::edge::find_known;
use platform::accounts::tokens::{self, Standing};
use platform::accounts::{Account, AccountKind, Known};
use platform::calls::{self, Limits, Taken};
use platform::ids::AccountId;
use wire::endpoints::{AtPath, Endpoint, Permission};
use wire::errcode::ErrCode;

use crate::call::Call;
use crate::error::ApiError;
use crate::query;

/// The account whose valid token came with the call.
// An account has no state of its own that would refuse a call: removed ones have no tokens.
pub(crate) async fn check_token(platform: &Platform, call: &Call) -> Result<Arc<Known>, ApiError> {
    let token = query::find(call.query(), "access_token");
    let token = token.filter(|token| !token.is_empty()).ok_or(ErrCode::ACCESS_TOKEN_MISSING)?;
    let minted = tokens::read(&platform.keys, &token).ok_or(ErrCode::INVALID_CREDENTIAL)?;
    let known = find_known(platform, minted.account).await?;
    let known = known.ok_or(ErrCode::INVALID_CREDENTIAL)?;
    // Known from here on, so that its owner can look the failure up.
    call.name(minted.account);
    match known.standing(&minted, call.at) {
        Standing::Valid => Ok(known),
        Standing::Expired => Err(ErrCode::ACCESS_TOKEN_EXPIRED.into()),
        Standing::Replaced => Err(ErrCode::INVALID_CREDENTIAL.into()),
    }
}

/// Whether accounts like this one may call the endpoint.
pub(crate) fn check_permission(account: &Account, endpoint: &Endpoint) -> Result<(), ApiError> {
    let permission = match account.kind {
        AccountKind::Subscription => endpoint.subscription,
        AccountKind::Service => endpoint.service,
    };
    let permitted = match permission {
        Permission::All => true,
        Permission::Verified => account.verified,
        Permission::No | Permission::Foreign => false,
    };
    if permitted { Ok(()) } else { Err(ErrCode::API_UNAUTHORIZED.into()) }
}

/// Counts the call towards the account's quotas.
pub(crate) async fn spend(
    platform: &Platform,
    account: AccountId,
    endpoint: &Endpoint,
) -> Result<(), ApiError> {
    let limits = limits(endpoint);
    match calls::edge::take(platform, account, endpoint.path, limits).await? {
        Taken::Ok => Ok(()),
        Taken::MinuteUsedUp => Err(ErrCode::MINUTE_QUOTA_REACHED.into()),
        Taken::DailyUsedUp => Err(ErrCode::DAILY_QUOTA_REACHED.into()),
    }
}

/// How often an account may call the endpoint.
pub(crate) fn limits(endpoint: &Endpoint) -> Limits {
    Limits { daily: endpoint.daily_quota, minute: endpoint.minute_quota }
}

/// Whether an endpoint at this path answers the method.
pub(crate) fn check_method(at_path: AtPath, method: &Method) -> Result<(), ApiError> {
    if at_path.for_method(method.as_str()).is_some() {
        return Ok(());
    }
    match at_path.for_method("GET") {
        Some(_) => Err(ErrCode::REQUIRE_GET.into()),
        None => Err(ErrCode::REQUIRE_POST.into()),
    }
}
