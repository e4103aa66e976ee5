//! Why a call fails: an official code, and for what is unforeseen the cause, which stays with us.

use axum::response::{IntoResponse, Response};
use wire::errcode::ErrCode;

/// A failure on its way to the caller. It becomes a body only in `surface`, which knows the form
/// of the endpoint's answers and the request id.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) code: ErrCode,
    /// Stands in for the code's own text.
    pub(crate) text: Option<String>,
    /// Logged, never told.
    pub(crate) cause: Option<Cause>,
}

/// What went wrong with us.
#[derive(Debug, Clone)]
pub(crate) enum Cause {
    /// Too much to do: nobody has to act.
    Busy,
    /// Anything else.
    Unforeseen(String),
}

impl ApiError {
    /// A code with a text of its own.
    pub(crate) fn with_text(code: ErrCode, text: impl Into<String>) -> Self {
        Self { code, text: Some(text.into()), cause: None }
    }

    /// -1 `system error`.
    pub(crate) fn unforeseen(cause: &impl ToString) -> Self {
        let cause = Some(Cause::Unforeseen(cause.to_string()));
        Self { code: ErrCode::SYSTEM_ERROR, text: None, cause }
    }
}

impl From<ErrCode> for ApiError {
    fn from(code: ErrCode) -> Self {
        Self { code, text: None, cause: None }
    }
}

impl From<db::Error> for ApiError {
    fn from(error: db::Error) -> Self {
        if error.is_busy() {
            return Self { code: ErrCode::SYSTEM_ERROR, text: None, cause: Some(Cause::Busy) };
        }
        Self::unforeseen(&error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(self);
        response
    }
}
