//! Who an account is, and who a follower is in its eyes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{is_base64url, is_lower_hex, text_id};

text_id! {
    /// The number of an account in the API: `wx` and 16 hexadecimal digits.
    AppId, is_app_id
}

text_id! {
    /// The original id of an account (原始ID): `gh_` and 12 hexadecimal digits.
    ///
    /// Samples of client libraries have 11 digits as well, so `parse` takes both.
    Username, is_username
}

text_id! {
    /// A person in the eyes of one account: `o` and 27 characters.
    OpenId, is_open_id
}

impl AppId {
    /// Makes an AppID from random bytes.
    pub fn from_bytes(random: [u8; 8]) -> Self {
        Self(format!("wx{}", hex::encode(random)))
    }
}

impl Username {
    /// Makes an original id from random bytes.
    pub fn from_bytes(random: [u8; 6]) -> Self {
        Self(format!("gh_{}", hex::encode(random)))
    }
}

impl OpenId {
    /// Makes an OpenID. The first bytes are those of the account, so that its OpenIDs begin alike.
    pub fn from_bytes(account: [u8; 5], random: [u8; 15]) -> Self {
        let mut bytes = [0; 20];
        bytes[..5].copy_from_slice(&account);
        bytes[5..].copy_from_slice(&random);
        Self(format!("o{}", URL_SAFE_NO_PAD.encode(bytes)))
    }
}

fn is_app_id(text: &str) -> bool {
    text.strip_prefix("wx").is_some_and(|digits| digits.len() == 16 && is_lower_hex(digits))
}

fn is_username(text: &str) -> bool {
    text.strip_prefix("gh_")
        .is_some_and(|digits| matches!(digits.len(), 11 | 12) && is_lower_hex(digits))
}

fn is_open_id(text: &str) -> bool {
    text.len() == 28 && text.starts_with('o') && is_base64url(text)
}
