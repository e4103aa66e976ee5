//! What signs and encrypts. `Debug` never shows these, and their memory is wiped.

use secrecy::{ExposeSecret as _, SecretString};

use super::{InvalidId, is_alphanumeric, is_lower_hex};

/// The password of an account towards the API: 32 hexadecimal digits.
#[derive(Clone, Debug)]
pub struct AppSecret(SecretString);

/// The push token, chosen by the developer: 3 to 32 letters and digits.
#[derive(Clone, Debug)]
pub struct Token(SecretString);

/// The key of the callback encryption, base64 without its last `=`: 43 letters and digits.
#[derive(Clone, Debug)]
pub struct EncodingAesKey(SecretString);

impl AppSecret {
    /// Makes a secret from random bytes.
    pub fn from_bytes(random: [u8; 16]) -> Self {
        Self(hex::encode(random).into())
    }

    /// Takes a text of the right shape.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if text.len() != 32 || !is_lower_hex(text) {
            return Err(InvalidId::AppSecret);
        }
        Ok(Self(text.into()))
    }

    /// The secret itself.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl Token {
    /// Makes a token of 32 characters from random bytes.
    pub fn from_bytes(random: [u8; 16]) -> Self {
        Self(hex::encode(random).into())
    }

    /// Takes a text of the right shape.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if !matches!(text.len(), 3..=32) || !is_alphanumeric(text) {
            return Err(InvalidId::Token);
        }
        Ok(Self(text.into()))
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// The letters and digits, in the order of base64.
const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl EncodingAesKey {
    /// Makes a key from random bytes, one a character.
    pub fn from_bytes(random: [u8; 43]) -> Self {
        let mut text: String =
            random.iter().map(|byte| char::from(ALPHANUMERIC[usize::from(byte % 62)])).collect();
        text.pop();
        // Of the last character base64 uses the upper 4 of 6 bits; strict decoders refuse a key
        // whose other two are set. Every fourth letter has them clear.
        text.push(char::from(ALPHANUMERIC[usize::from(random[42] % 16 * 4)]));
        Self(text.into())
    }

    /// Takes a text of the right shape.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if text.len() != 43 || !is_alphanumeric(text) {
            return Err(InvalidId::EncodingAesKey);
        }
        Ok(Self(text.into()))
    }

    /// The key itself.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}
