//! The encryption of pushes and replies (消息加解密).
//!
//! AES-256-CBC over 16 random bytes, the message's length, the message and the AppID, padded to a
//! multiple of 32 bytes.

use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use secrecy::zeroize::Zeroizing;

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

/// The cipher's own block.
const CIPHER_BLOCK_BYTES: usize = 16;

/// What messages are padded to, although the cipher's blocks are half as long.
const PADDED_BLOCK_BYTES: usize = 32;

/// The random bytes and the length, in front of the message.
const HEAD_BYTES: usize = 16 + 4;

/// Takes what encoders leave out (`=`) and what careless ones leave in (set bits after the end).
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Encrypts a message for or from the account. The platform's `random` are 16 printable characters.
pub fn encrypt(key: &EncodingAesKey, app_id: &AppId, message: &[u8], random: [u8; 16]) -> String {
    let length = u32::try_from(message.len()).expect("a message is far smaller than 4 GiB");
    let mut buffer = Vec::with_capacity(HEAD_BYTES + message.len() + 2 * PADDED_BLOCK_BYTES);
    buffer.extend_from_slice(&random);
    buffer.extend_from_slice(&length.to_be_bytes());
    buffer.extend_from_slice(message);
    buffer.extend_from_slice(app_id.as_str().as_bytes());
    pad(&mut buffer);
    let (key, iv) = key_and_iv(key);
    let padded_len = buffer.len();
    let ciphertext = cbc::Encryptor::<aes::Aes256>::new((&*key).into(), (&*iv).into())
        .encrypt_padded::<NoPadding>(&mut buffer, padded_len)
        .expect("the buffer is a multiple of the cipher's block");
    STANDARD.encode(ciphertext)
}

/// Opens what [`encrypt`] closed, for the same account.
pub fn decrypt(
    key: &EncodingAesKey,
    app_id: &AppId,
    encrypted: &str,
) -> Result<Vec<u8>, EnvelopeError> {
    let mut buffer = decode(encrypted)?;
    let (key, iv) = key_and_iv(key);
    let padded = cbc::Decryptor::<aes::Aes256>::new((&*key).into(), (&*iv).into())
        .decrypt_padded::<NoPadding>(&mut buffer)
        .map_err(|_| EnvelopeError::NotCiphertext)?;
    let (message, trailer) = split(without_padding(padded)).ok_or(EnvelopeError::CutShort)?;
    if trailer != app_id.as_str().as_bytes() {
        return Err(EnvelopeError::ForeignAppId);
    }
    Ok(message.to_vec())
}

fn pad(buffer: &mut Vec<u8>) {
    let padding = PADDED_BLOCK_BYTES - buffer.len() % PADDED_BLOCK_BYTES;
    let byte = u8::try_from(padding).expect("padding is 1 to 32 bytes");
    buffer.resize(buffer.len() + padding, byte);
}

/// A last byte that cannot be a padding is taken for the message's own, as receivers do.
fn without_padding(padded: &[u8]) -> &[u8] {
    let padding = padded.last().map_or(0, |byte| usize::from(*byte));
    match padding {
        1..=PADDED_BLOCK_BYTES => &padded[..padded.len().saturating_sub(padding)],
        _ => padded,
    }
}

/// The message, and what follows it.
fn split(full: &[u8]) -> Option<(&[u8], &[u8])> {
    let (head, rest) = full.split_at_checked(HEAD_BYTES)?;
    let length = u32::from_be_bytes(*head.last_chunk()?);
    rest.split_at_checked(usize::try_from(length).ok()?)
}

fn decode(encrypted: &str) -> Result<Vec<u8>, EnvelopeError> {
    // Some encoders break the lines of base64.
    let text: Vec<u8> = encrypted.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    match LENIENT.decode(text) {
        Ok(bytes) if !bytes.is_empty() && bytes.len().is_multiple_of(CIPHER_BLOCK_BYTES) => {
            Ok(bytes)
        }
        _ => Err(EnvelopeError::NotCiphertext),
    }
}

/// The key's first half is the initialisation vector as well.
fn key_and_iv(key: &EncodingAesKey) -> (Zeroizing<[u8; 32]>, Zeroizing<[u8; 16]>) {
    let mut bytes = Zeroizing::new([0; 32]);
    let length = LENIENT
        .decode_slice(key.expose(), &mut *bytes)
        .expect("43 letters and digits are base64 of 32 bytes");
    debug_assert_eq!(length, bytes.len(), "43 characters of base64 hold 32 bytes");
    let iv = Zeroizing::new(*bytes.first_chunk().expect("32 bytes begin with 16"));
    (bytes, iv)
}
