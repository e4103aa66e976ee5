//! The domain's own ids, and their public form.
//!
//! Inside everything is an `i64` of its own type. Outside, in our own API, an id is 22 characters:
//! one AES block of (kind, root, number) under the id key. It carries its shard, needs no column,
//! index or directory, and cannot be guessed or walked.

use aes::Aes128;
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

db::id! {
    /// An official account (公众号). A shard root.
    pub struct AccountId;
}
db::id! {
    /// A person, the one human identity. A shard root.
    pub struct PersonId;
}
db::id! {
    /// A follower's place among the followers of one account: dense from 0, never reused.
    pub struct FollowerNo;
}
db::id! {
    /// The number of a message inside one conversation, from 1.
    pub struct Seq;
}
db::id! {
    /// A medium's number; unique over all accounts.
    pub struct MediaNo;
}
db::id! {
    /// A person's upload; unique over all people.
    pub struct UploadNo;
}
db::id! {
    /// A sign-in of a person; unique over all people.
    pub struct SessionNo;
}

/// Which kind of row a public id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum IdKind {
    /// An account; the number is 0.
    Account = 1,
    /// A person; the number is 0.
    Person = 2,
    /// A medium of an account, as anyone with the address may fetch it.
    Media = 3,
    /// A person's upload, likewise.
    Upload = 4,
    /// A delivery to an account's server.
    Delivery = 5,
    /// A job of an owner.
    Job = 6,
    /// A person's session.
    Session = 7,
}

/// Roots are numbered below this bound, so that a root and its kind share eight bytes.
const ROOTS: i64 = 1 << 56;

/// Turns ids into their public form and back.
#[derive(Clone)]
pub struct PublicIds(Aes128);

impl PublicIds {
    pub(crate) fn new(key: [u8; 16]) -> Self {
        Self(Aes128::new(&Array(key)))
    }

    /// The 22 characters that name a row.
    pub fn encode(&self, kind: IdKind, root: i64, number: i64) -> String {
        URL_SAFE_NO_PAD.encode(self.seal(kind, root, number))
    }

    /// The row that a text names; `None` for anything we did not make, or of another kind.
    pub fn decode(&self, kind: IdKind, text: &str) -> Option<(i64, i64)> {
        self.open(kind, URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?)
    }

    pub(crate) fn seal(&self, kind: IdKind, root: i64, number: i64) -> [u8; 16] {
        debug_assert!((0..ROOTS).contains(&root), "roots are counted up from 1");
        let mut block = Array([0; 16]);
        block[..8].copy_from_slice(&root.to_be_bytes());
        block[0] = kind as u8;
        block[8..].copy_from_slice(&number.to_be_bytes());
        self.0.encrypt_block(&mut block);
        block.0
    }

    pub(crate) fn open(&self, kind: IdKind, sealed: [u8; 16]) -> Option<(i64, i64)> {
        let mut block = Array(sealed);
        self.0.decrypt_block(&mut block);
        let [found, root @ .., _, _, _, _, _, _, _, _] = block.0;
        let root = root.iter().fold(0, |root, byte| root << 8 | i64::from(*byte));
        let number = block.0[8..].try_into().expect("half a block has 8 bytes");
        (found == kind as u8).then(|| (root, i64::from_be_bytes(number)))
    }

    /// The public id of an account.
    pub fn account(&self, id: AccountId) -> String {
        self.encode(IdKind::Account, id.0, 0)
    }

    /// The public id of a person.
    pub fn person(&self, id: PersonId) -> String {
        self.encode(IdKind::Person, id.0, 0)
    }

    /// The account that a public id names, if it has the form of one.
    pub fn find_account(&self, text: &str) -> Option<AccountId> {
        self.decode(IdKind::Account, text).map(|(root, _)| AccountId(root))
    }

    /// The person that a public id names, if it has the form of one.
    pub fn find_person(&self, text: &str) -> Option<PersonId> {
        self.decode(IdKind::Person, text).map(|(root, _)| PersonId(root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_id_names_its_row_and_only_its_kind() {
        let ids = PublicIds::new([7; 16]);
        let text = ids.encode(IdKind::Media, 12, -5);
        assert_eq!(text.len(), 22);
        assert_eq!(ids.decode(IdKind::Media, &text), Some((12, -5)));
        assert_eq!(ids.decode(IdKind::Upload, &text), None);
        assert_eq!(PublicIds::new([8; 16]).decode(IdKind::Media, &text), None);
    }

    #[test]
    fn what_is_not_an_id_is_nobody() {
        let ids = PublicIds::new([7; 16]);
        for text in ["", "0", "AAAAAAAAAAAAAAAAAAAAAA", "zzzzzzzzzzzzzzzzzzzzzzz", "茶"] {
            assert_eq!(ids.find_person(text), None, "{text}");
        }
    }
}
