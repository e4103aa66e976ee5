//! The instance key and what is derived from it.
//!
//! One random key of 32 bytes is the root of three: for public ids (never changes), for tokens,
//! and for sealing what must be readable again.

use aes_gcm::aead::{Aead, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

use crate::ids::PublicIds;

/// Names the key under which something is sealed, so that keys can be rotated.
const SEALING_KEY: u8 = 1;
const NONCE_BYTES: usize = 12;

/// The three derived keys. `Debug` shows none.
pub struct Keys {
    ids: PublicIds,
    tokens: SecretBox<[u8; 32]>,
    sealing: Aes256Gcm,
}

impl Keys {
    /// Derives the keys from the instance key.
    pub fn derive(instance: &[u8; 32]) -> Self {
        let [ids, tokens, sealing] =
            ["public ids", "tokens", "sealing"].map(|purpose| derive(instance, purpose));
        let [id_key, _] = split(ids);
        Self {
            ids: PublicIds::new(id_key),
            tokens: SecretBox::new(Box::new(tokens)),
            sealing: Aes256Gcm::new(&Key::<Aes256Gcm>::from(sealing)),
        }
    }

    /// Public ids under the id key.
    pub fn ids(&self) -> &PublicIds {
        &self.ids
    }

    /// 64 bytes that only this instance can make of `message`, for one purpose.
    pub(crate) fn mac_512(&self, purpose: &str, message: &[u8]) -> [u8; 64] {
        let mut mac = Hmac::<Sha512>::new_from_slice(self.tokens.expose_secret())
            .expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// Likewise 32 bytes.
    pub(crate) fn mac_256(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        hmac_256(self.tokens.expose_secret(), purpose, message)
    }

    /// Encrypts what must be readable again. `nonce` must never repeat: take it from chance.
    pub(crate) fn seal(&self, nonce: [u8; NONCE_BYTES], plain: &[u8]) -> Vec<u8> {
        let payload = Payload { msg: plain, aad: &[SEALING_KEY] };
        let sealed = self
            .sealing
            .encrypt(&Nonce::from(nonce), payload)
            .expect("AES-GCM seals anything of less than 64 GiB");
        [&[SEALING_KEY], nonce.as_slice(), &sealed].concat()
    }

    /// Opens what `seal` made; `None` if it was changed or sealed under another instance's key.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (key_id, rest) = sealed.split_first()?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload { msg: sealed, aad: &[*key_id] };
        self.sealing.decrypt(&Nonce::from(nonce), payload).ok()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// The hash under which a secret of 128 random bits is kept: no slow hash is needed for chance.
pub(crate) fn hash_secret(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Compares without telling by the time it takes where the difference is.
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

fn derive(instance: &[u8; 32], purpose: &str) -> [u8; 32] {
    hmac_256(instance, "teahouse instance key", purpose.as_bytes())
}

fn hmac_256(key: &[u8; 32], purpose: &str, message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(message);
    mac.finalize().into_bytes().into()
}

fn split(bytes: [u8; 32]) -> [[u8; 16]; 2] {
    let (left, right) = bytes.split_at(16);
    [left, right].map(|half| half.try_into().expect("half of 32 bytes has 16"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_and_nothing_else_does() {
        let keys = Keys::derive(&[1; 32]);
        let sealed = keys.seal([9; 12], b"token");
        assert_eq!(keys.open(&sealed).as_deref(), Some(b"token".as_slice()));
        assert_eq!(Keys::derive(&[2; 32]).open(&sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(keys.open(&changed), None, "byte {at}");
        }
        assert_eq!(keys.open(b""), None);
    }

    #[test]
    fn purposes_do_not_mix() {
        let keys = Keys::derive(&[1; 32]);
        assert_ne!(keys.mac_256("a", b"bc"), keys.mac_256("ab", b"c"));
        assert_ne!(keys.mac_512("a", b"bc")[..32], keys.mac_256("a", b"bc"));
    }
}
