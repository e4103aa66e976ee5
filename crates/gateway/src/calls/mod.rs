//! Room `calls`: quotas, and what came of a call (openApi 管理).

mod clear_quota;
mod clear_quota_v2;
mod quota_clear;
mod quota_get;
mod rid_get;

use platform::calls::Error;
use wire::endpoints::{self, Endpoint, HostGroup};
use wire::errcode::ErrCode;

use crate::error::ApiError;
use crate::table::Table;

pub(crate) fn routes() -> Table {
    Table::by_token()
        .post("/cgi-bin/clear_quota", clear_quota::handle)
        .post("/cgi-bin/openapi/quota/clear", quota_clear::handle)
        .post("/cgi-bin/openapi/quota/get", quota_get::handle)
        .post("/cgi-bin/openapi/rid/get", rid_get::handle)
        .merge(Table::by_secret().post("/cgi-bin/clear_quota/v2", clear_quota_v2::handle))
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::ResetsUsedUp => ErrCode::QUOTA_RESETS_USED_UP.into(),
            Error::NotFound => ErrCode::RID_NOT_FOUND.into(),
            Error::TooOld => ErrCode::RID_TOO_OLD.into(),
            Error::Store(error) => error.into(),
        }
    }
}

/// The endpoint that a `cgi_path` names. Those of `/sns` belong to people's tokens.
fn find_endpoint(cgi_path: Option<&str>) -> Result<&'static Endpoint, ApiError> {
    let path = cgi_path.unwrap_or_default();
    let found = endpoints::find(HostGroup::Api, path).ok_or(ErrCode::CGI_PATH_NOT_FOUND)?;
    if path.starts_with("/sns/") {
        return Err(ErrCode::CGI_PATH_NOT_PERMITTED.into());
    }
    Ok(found.first())
}
