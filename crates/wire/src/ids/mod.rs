//! Identifiers and secrets in their official shapes.
//!
//! Each is `parse`d from text, which checks the shape, or made from random bytes that the caller
//! draws. A value of these types is always well formed.

mod account;
mod media;
mod rid;
mod secret;

pub use account::{AppId, OpenId, Username};
pub use media::MediaId;
pub use rid::Rid;
pub use secret::{AppSecret, EncodingAesKey, Token};

/// A text has not the shape of the identifier that it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    /// Not an AppID.
    #[error("an appid is wx and 16 lower-case hexadecimal digits")]
    AppId,
    /// Not an AppSecret.
    #[error("an appsecret is 32 lower-case hexadecimal digits")]
    AppSecret,
    /// Not an original id.
    #[error("an original id is gh_ and 11 or 12 lower-case hexadecimal digits")]
    Username,
    /// Not an OpenID.
    #[error("an openid is o and 27 letters, digits, hyphens or underscores")]
    OpenId,
    /// Not a push token.
    #[error("a token is 3 to 32 letters and digits")]
    Token,
    /// Not an EncodingAESKey.
    #[error("an encoding aes key is 43 letters and digits")]
    EncodingAesKey,
    /// Not a media id.
    #[error("a media id is 1 to 128 letters, digits, hyphens or underscores")]
    MediaId,
    /// Not a request id.
    #[error("a rid is three groups of 8 lower-case hexadecimal digits joined by hyphens")]
    Rid,
}

/// Defines a public identifier: a text whose shape `$shape` accepts.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $shape:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a text of the right shape.
            pub fn parse(text: &str) -> Result<Self, $crate::ids::InvalidId> {
                if $shape(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err($crate::ids::InvalidId::$name)
                }
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ids::InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    };
}
pub(crate) use text_id;

fn is_lower_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn is_base64url(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric())
}
