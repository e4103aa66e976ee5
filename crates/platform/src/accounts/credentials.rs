//! AppSecret, push token and EncodingAESKey.

use db::Tx;
use wire::callback::Credentials;
use wire::ids::{AppSecret, EncodingAesKey, Token};

use super::{Account, Error, get, store};
use crate::ids::AccountId;
use crate::keys::{Keys, hash_secret, same};

/// Whether this is the account's AppSecret.
pub fn is_secret(account: &Account, given: &str) -> bool {
    same(&account.secret_hash, &hash_secret(given))
}

/// Opens what signs and encrypts the account's pushes.
pub fn open(account: &Account, keys: &Keys) -> Result<Credentials, Error> {
    let text = |sealed: &[u8]| {
        keys.open(sealed).and_then(|plain| String::from_utf8(plain).ok()).ok_or(Error::WrongKey)
    };
    Ok(Credentials {
        token: Token::parse(&text(&account.token_sealed)?).map_err(|_| Error::WrongKey)?,
        aes_key: EncodingAesKey::parse(&text(&account.aes_key_sealed)?)
            .map_err(|_| Error::WrongKey)?,
        app_id: account.app_id.clone(),
    })
}

/// Draws a new AppSecret; the former one opens nothing from now on. Tokens already issued live on.
pub fn reset_secret(tx: &mut Tx<'_>, id: AccountId) -> Result<AppSecret, Error> {
    let mut account = get(tx, id)?;
    let secret = AppSecret::from_bytes(tx.random());
    account.secret_hash = hash_secret(secret.expose()).to_vec();
    store::update_secret(tx, &account)?;
    super::wake(tx, id);
    Ok(secret)
}

/// Freezes the AppSecret (冻结), or lets it open again.
pub fn set_secret_frozen(tx: &mut Tx<'_>, id: AccountId, frozen: bool) -> Result<(), Error> {
    let mut account = get(tx, id)?;
    account.secret_frozen = frozen;
    store::update_secret(tx, &account)?;
    super::wake(tx, id);
    Ok(())
}
