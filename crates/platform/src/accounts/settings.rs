//! What the owner sets (基本配置): the server for pushes, the IP whitelist.

use db::Tx;
use ipnet::IpNet;
use wire::callback::{Format, Mode};
use wire::ids::{EncodingAesKey, Token};

use super::{Error, MAX_WHITELIST, get, store};
use crate::ids::AccountId;
use crate::keys::Keys;

/// The server for pushes (服务器配置).
#[derive(Debug, Clone)]
pub struct Callback {
    /// An http or https address; any port.
    pub url: String,
    /// Signs pushes.
    pub token: Token,
    /// How pushes are encrypted.
    pub mode: Mode,
    /// Encrypts pushes; `None` keeps the present one.
    pub aes_key: Option<EncodingAesKey>,
}

/// Stores a callback that was verified. Earlier failures and a suspension are forgotten.
pub fn set_callback(
    tx: &mut Tx<'_>,
    keys: &Keys,
    id: AccountId,
    callback: &Callback,
    format: Option<Format>,
) -> Result<(), Error> {
    check_callback(callback)?;
    let mut account = get(tx, id)?;
    account.callback_url = Some(callback.url.clone());
    account.mode = callback.mode;
    account.format = format.unwrap_or(account.format);
    account.token_sealed = keys.seal(tx.random(), callback.token.expose().as_bytes());
    if let Some(aes_key) = &callback.aes_key {
        account.aes_key_sealed = keys.seal(tx.random(), aes_key.expose().as_bytes());
    }
    store::update_callback(tx, &account)?;
    super::wake(tx, id);
    Ok(())
}

/// Takes the server away: the account answers by its rules again.
pub fn remove_callback(tx: &mut Tx<'_>, id: AccountId) -> Result<(), Error> {
    let mut account = get(tx, id)?;
    account.callback_url = None;
    store::update_callback(tx, &account)?;
    super::wake(tx, id);
    Ok(())
}

/// Sets who may ask for tokens.
pub fn set_whitelist(tx: &mut Tx<'_>, id: AccountId, list: &[IpNet]) -> Result<(), Error> {
    check_whitelist(list)?;
    let mut account = get(tx, id)?;
    account.ip_whitelist = list.to_vec();
    store::update_whitelist(tx, &account)?;
    super::wake(tx, id);
    Ok(())
}

/// Reads an entry of an IP whitelist: an address or a CIDR range.
pub fn parse_network(text: &str) -> Result<IpNet, Error> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| Error::InvalidAddress(text.to_owned()))
}

pub(super) fn check_whitelist(list: &[IpNet]) -> Result<(), Error> {
    if list.len() > MAX_WHITELIST { Err(Error::WhitelistTooLong) } else { Ok(()) }
}

pub(super) fn check_callback(callback: &Callback) -> Result<(), Error> {
    outbound::check_url(&callback.url)
        .map_err(|reason| Error::InvalidCallbackUrl(reason.to_string()))
}
