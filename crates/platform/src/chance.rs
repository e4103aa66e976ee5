//! Chance for the steps outside transactions; all of it comes from a transaction in the end.

use std::sync::atomic::{AtomicU64, Ordering};

use aes::Aes128;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use db::{Timestamp, Tx};
use wire::ids::Rid;
use wire::push::Stamp;

/// Random bytes for one step: a signature's nonce, an echo, the head of an encrypted message.
#[derive(Clone, Copy)]
pub(crate) struct Draw {
    stamp: [u8; 12],
    echo: [u8; 8],
}

impl Draw {
    /// Draws.
    pub(crate) fn new(tx: &mut Tx<'_>) -> Self {
        Self { stamp: tx.random(), echo: tx.random() }
    }

    /// A positive number of 63 bits, as in the `echostr` of real verifications.
    pub(crate) fn echo(&self) -> u64 {
        u64::from_be_bytes(self.echo) >> 1
    }

    /// What differs between two requests to a developer's server.
    pub(crate) fn stamp(&self, now: Timestamp) -> Stamp {
        Stamp::new(now.secs(), self.stamp)
    }
}

/// Names for calls: time and chance, made from a random key by counting, so that the hot path
/// neither asks the store nor the machine for chance.
pub struct Rids {
    cipher: Aes128,
    next: AtomicU64,
}

impl Rids {
    pub(crate) fn new(key: [u8; 16]) -> Self {
        Self { cipher: Aes128::new(&Array(key)), next: AtomicU64::new(0) }
    }

    /// Names a call that begins now.
    pub fn next(&self, now: Timestamp) -> Rid {
        let mut block = Array([0; 16]);
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        block[..8].copy_from_slice(&count.to_be_bytes());
        self.cipher.encrypt_block(&mut block);
        let part = |at: usize| {
            u32::from_be_bytes(block[at..at + 4].try_into().expect("a block has 16 bytes"))
        };
        let secs = u32::try_from(now.secs()).unwrap_or(u32::MAX);
        Rid::new(secs, part(0), part(4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_calls_share_a_name() {
        let rids = Rids::new([1; 16]);
        let names: std::collections::HashSet<_> =
            (0..1_000).map(|_| rids.next(Timestamp(1_000)).to_string()).collect();
        assert_eq!(names.len(), 1_000);
        assert!(names.iter().all(|name| name.starts_with("00000001-")));
    }
}
