//! Which instance key a database was made with. The key itself is never stored.

use db::{Error, Tx};

use super::store;
use crate::keys::Keys;

/// Bytes of a key's name: enough to tell keys apart, too few to be of use.
const ID_BYTES: usize = 8;

/// A name for an instance key that does not give it away: 16 hexadecimal digits.
pub fn key_id(keys: &Keys) -> String {
    hex::encode(&keys.mac_256("key id", b"")[..ID_BYTES])
}

/// The name of the key of this database; `None` before its first start.
pub fn find(tx: &mut Tx<'_>) -> Result<Option<String>, Error> {
    store::find_key_id(tx)
}

/// Makes a key the one of this database if it has none yet. Answers the name of the key it has.
pub fn claim(tx: &mut Tx<'_>, key_id: &str) -> Result<String, Error> {
    store::insert_key_id(tx, key_id)?;
    store::find_key_id(tx)?.ok_or(Error::NoRow)
}
