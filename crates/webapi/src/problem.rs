//! Why a request is refused: the codes that are part of our API, and what stands behind each.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::language::Language;
use crate::sentences;

/// A refusal. How it is said is the catalogue's matter ([`sentences`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The request is not of the form that the endpoint reads; says where.
    Malformed(String),
    /// A field or parameter that the endpoint does not know.
    UnknownField(String),
    /// A page size out of its bounds.
    PageSize { most: i64 },
    /// Not a place in this list.
    Cursor,
    /// A place in a world that was reset since.
    CursorGone,
    /// Nobody is signed in.
    SignedOut,
    /// The sandbox's key is missing or wrong.
    NoKey,
    /// A foreign page, or a name that is not ours.
    Foreign,
    /// Only a developer's own instance does this.
    DevOnly,
    /// Sign-in does not exist yet.
    NoSignIn,
    /// No such path.
    NoPath,
    /// The path takes other methods.
    Method,
    /// No such thing, or not the caller's.
    NotFound,
    /// No account has this AppID.
    NoAccount,
    /// The account must be followed first.
    NotFollowing,
    /// The body is too large.
    TooLarge { most: &'static str },
    /// A recording that plays for too long.
    TooLong { most_secs: u64 },
    /// The body is not of this type.
    ContentType(&'static str),
    /// The file is not of a type that may be sent so.
    FileType(&'static str),
    /// A nickname without letters, or too long.
    Nickname { most: usize },
    /// Not 0, 1 or 2.
    Sex,
    /// More characters than the field takes.
    FieldTooLong { field: String, most: usize },
    /// An account's name without letters, or too long.
    AccountName { most: usize },
    /// A text without letters, or too long.
    Text { most: usize },
    /// The sender's own name for a message has 1 to 64 characters.
    Key,
    /// A value that the field does not take; says which would do.
    Value { field: &'static str, expected: &'static str },
    /// The callback URL did not answer the verification; says what it did.
    CallbackRejected(String),
    /// The clock does not go backwards.
    Backwards,
    /// More work falls due on the way than one call may run.
    TooMuchDue { most: i64 },
    /// More at once than one person may have.
    TooMany,
    /// Contracted, not built.
    NotBuilt,
    /// Too much at once.
    Busy,
    /// Anything unforeseen. The cause is logged and stays with us.
    Internal(String),
}

/// What handlers answer when they refuse.
pub(crate) type Refused<T> = Result<T, Problem>;

impl Problem {
    /// The status, and the word that clients may rely on.
    pub(crate) fn code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Malformed(_) | Self::PageSize { .. } | Self::Cursor => {
                (StatusCode::BAD_REQUEST, "bad_request")
            }
            Self::UnknownField(_) => (StatusCode::BAD_REQUEST, "unknown_field"),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "signed_out"),
            Self::NoKey => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Self::Foreign | Self::DevOnly => (StatusCode::FORBIDDEN, "not_allowed"),
            Self::NoSignIn => (StatusCode::FORBIDDEN, "sign_in_unavailable"),
            Self::NoPath | Self::NotFound | Self::NoAccount => (StatusCode::NOT_FOUND, "not_found"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::NotFollowing => (StatusCode::CONFLICT, "not_following"),
            Self::Backwards => (StatusCode::CONFLICT, "backwards"),
            Self::TooMuchDue { .. } => (StatusCode::CONFLICT, "too_much_due"),
            Self::CursorGone => (StatusCode::GONE, "cursor_gone"),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::ContentType(_) | Self::FileType(_) => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_type")
            }
            Self::CallbackRejected(_) => (StatusCode::UNPROCESSABLE_ENTITY, "callback_rejected"),
            Self::Nickname { .. }
            | Self::Sex
            | Self::TooLong { .. }
            | Self::FieldTooLong { .. }
            | Self::AccountName { .. }
            | Self::Text { .. }
            | Self::Key
            | Self::Value { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            Self::NotBuilt => (StatusCode::NOT_IMPLEMENTED, "not_built_yet"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    /// The whole answer, said in a language.
    pub(crate) fn answer(&self, language: Language) -> Response {
        let (status, code) = self.code();
        let message = sentences::of(self, language);
        let body = serde_json::json!({ "error": code, "message": message }).to_string();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        if *self == Self::Busy {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl IntoResponse for Problem {
    /// Says it in Chinese; the layer in [`crate::caller`] says it anew in the caller's language.
    fn into_response(self) -> Response {
        // Logged here and not where it is made: a closure may fail and be run again.
        if let Self::Internal(cause) = &self {
            tracing::error!(cause, "a request failed");
        }
        let mut response = self.answer(Language::Chinese);
        response.extensions_mut().insert(self);
        response
    }
}

impl From<db::Error> for Problem {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Busy => Self::Busy,
            db::Error::Value(_) => Self::Malformed("U+0000".to_owned()),
            error => Self::Internal(error.to_string()),
        }
    }
}
