//! The encryption of pushes and replies (消息加解密).

use crate::ids::{AppId, EncodingAesKey};

/// Why an encrypted message could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not base64 of whole cipher blocks.
    #[error("the encrypted text is not base64 of whole blocks")]
    NotCiphertext,
    /// Too short for its own head, or shorter than the length that it states: the wrong key.
    #[error("the decrypted text is cut short, as after a wrong key")]
    CutShort,
    /// Encrypted for another account.
    #[error("the decrypted text ends in another appid")]
    ForeignAppId,
}

/// Encrypts a message for or from the account. The platform's `random` are 16 printable characters.
pub fn encrypt(key: &EncodingAesKey, app_id: &AppId, message: &[u8], random: [u8; 16]) -> String {
    todo!("{key:?} {app_id} {message:?} {random:?}")
}

/// Opens what [`encrypt`] closed, for the same account.
pub fn decrypt(
    key: &EncodingAesKey,
    app_id: &AppId,
    encrypted: &str,
) -> Result<Vec<u8>, EnvelopeError> {
    todo!("{key:?} {app_id} {encrypted}")
}
