//! A call that is under way, and who makes it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::FromRequestParts;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{Method, Uri};
use db::Timestamp;
use platform::Platform;
use platform::accounts::Known;
use platform::ids::AccountId;
use wire::errcode::ErrCode;
use wire::ids::Rid;

use crate::error::ApiError;

/// Whose address a request comes from, behind trusted proxies. Set by the server.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddr(pub IpAddr);

/// What is known of a call from its beginning, and the account once that is known too.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) rid: Rid,
    pub(crate) at: Timestamp,
    pub(crate) started: Instant,
    pub(crate) client: IpAddr,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    account: OnceLock<AccountId>,
}

impl Call {
    pub(crate) fn begin(platform: &Platform, request: &Request) -> Self {
        let at = platform.db.clock().now();
        let client = request.extensions().get::<ClientAddr>();
        Self {
            rid: platform.rids.next(at),
            at,
            started: Instant::now(),
            client: client.map_or(Ipv4Addr::UNSPECIFIED.into(), |client| client.0),
            method: request.method().clone(),
            uri: request.uri().clone(),
            account: OnceLock::new(),
        }
    }

    pub(crate) fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Notes whose call it is; the first one counts.
    pub(crate) fn name(&self, account: AccountId) {
        self.account.get_or_init(|| account);
    }

    pub(crate) fn account(&self) -> Option<AccountId> {
        self.account.get().copied()
    }
}

/// The account whose valid access token came with the call. An endpoint that takes a `Caller`
/// cannot be called without one.
#[derive(Clone)]
pub(crate) struct Caller(Arc<Known>);

impl Caller {
    pub(crate) fn new(known: Arc<Known>) -> Self {
        Self(known)
    }

    pub(crate) fn account(&self) -> &platform::accounts::Account {
        &self.0.account
    }

    pub(crate) fn id(&self) -> AccountId {
        self.0.account.id
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Self>();
        caller.cloned().ok_or_else(|| ErrCode::ACCESS_TOKEN_MISSING.into())
    }
}

/// Whoever calls without a token: he has to name himself.
pub(crate) struct Visitor(Arc<Call>);

impl Visitor {
    pub(crate) fn address(&self) -> IpAddr {
        self.0.client
    }

    /// Notes whose AppID he gave.
    pub(crate) fn name(&self, account: AccountId) {
        self.0.name(account);
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let call = parts.extensions.get::<Arc<Call>>();
        let call = call.ok_or_else(|| ApiError::unforeseen(&"a request past the dispatcher"))?;
        Ok(Self(call.clone()))
    }
}
