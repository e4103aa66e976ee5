//! What media are called outside: the official media id, and the address of the file.
//!
//! Both carry account and number under a key of ours, so that neither needs a directory and
//! neither can be guessed.

use wire::ids::MediaId;

use crate::ids::{AccountId, IdKind, MediaNo, PersonId, UploadNo};
use crate::keys::{Keys, same};

const SEALED_BYTES: usize = 16;

/// The official id of an account's temporary medium: 64 characters.
pub fn media_id(keys: &Keys, account: AccountId, no: MediaNo) -> MediaId {
    let sealed = keys.ids().seal(IdKind::Media, account.0, no.0);
    let mut bytes = [0; 48];
    bytes[..SEALED_BYTES].copy_from_slice(&sealed);
    bytes[SEALED_BYTES..].copy_from_slice(&keys.mac_256("media id", &sealed));
    MediaId::from_bytes(bytes)
}

/// The number behind an id of this account's. The row may be gone.
pub fn resolve(keys: &Keys, account: AccountId, id: &MediaId) -> Option<MediaNo> {
    let bytes = id.to_bytes()?;
    let (sealed, mac) = bytes.split_first_chunk::<SEALED_BYTES>()?;
    if !same(mac, &keys.mac_256("media id", sealed)) {
        return None;
    }
    let (root, number) = keys.ids().open(IdKind::Media, *sealed)?;
    (root == account.0).then_some(MediaNo(number))
}

/// Where anyone who has the address may fetch an account's medium.
pub fn address(public_url: &str, keys: &Keys, account: AccountId, no: MediaNo) -> String {
    let id = keys.ids().encode(IdKind::Media, account.0, no.0);
    format!("{public_url}/media/{id}")
}

/// Where anyone who has the address may fetch a person's upload.
pub fn upload_address(public_url: &str, keys: &Keys, person: PersonId, no: UploadNo) -> String {
    let id = keys.ids().encode(IdKind::Upload, person.0, no.0);
    format!("{public_url}/media/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_id_names_a_medium_of_its_account_only() {
        let keys = Keys::derive(&[1; 32]);
        let id = media_id(&keys, AccountId(7), MediaNo(9));
        assert_eq!(id.as_str().len(), 64);
        assert_eq!(resolve(&keys, AccountId(7), &id), Some(MediaNo(9)));
        assert_eq!(resolve(&keys, AccountId(8), &id), None);
        assert_eq!(resolve(&Keys::derive(&[2; 32]), AccountId(7), &id), None);
        let other = MediaId::from_bytes([0; 48]);
        assert_eq!(resolve(&keys, AccountId(7), &other), None);
        let short = MediaId::parse("abc").expect("a shape of an id");
        assert_eq!(resolve(&keys, AccountId(7), &short), None);
    }

    #[test]
    fn an_address_is_not_a_media_id() {
        let keys = Keys::derive(&[1; 32]);
        let url = address("http://tea.example", &keys, AccountId(7), MediaNo(9));
        let id = url.strip_prefix("http://tea.example/media/").expect("our own address");
        assert_eq!(id.len(), 22);
        let id = MediaId::parse(id).expect("a shape of an id");
        assert_eq!(resolve(&keys, AccountId(7), &id), None);
    }
}
