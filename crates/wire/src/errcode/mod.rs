//! Official error codes, their texts, and the JSON that carries them (全局返回码).

mod body;
mod codes;
mod table;

use std::fmt;

pub use body::{Family, error_body, error_text, not_in_whitelist, token_quota_reached};

/// An official error code. The ones in use have names, such as [`ErrCode::INVALID_CREDENTIAL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrCode(pub i32);

impl ErrCode {
    /// The official text, without request id.
    pub fn text(self) -> Option<&'static str> {
        table::find(self).map(|row| row.text)
    }

    /// When the platform answers it, in a few words.
    pub fn when(self) -> Option<&'static str> {
        table::find(self).map(|row| row.when)
    }
}

impl fmt::Display for ErrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
