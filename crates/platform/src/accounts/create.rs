//! Making an account, and taking it away.

use db::Tx;
use ipnet::IpNet;
use wire::callback::{Format, Mode};
use wire::ids::{AppId, AppSecret, EncodingAesKey, Token, Username};

use super::settings::{self, Callback};
use super::{Account, AccountKind, Error, MAX_INTRODUCTION, MAX_NAME, erase, store};
use crate::ids::AccountId;
use crate::keys::{Keys, hash_secret};

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Subscription or service account.
    pub kind: AccountKind,
    /// Verified (微信认证).
    pub verified: bool,
    /// 1 to [`MAX_NAME`] characters.
    pub name: String,
    /// At most [`MAX_INTRODUCTION`] characters.
    pub introduction: String,
    /// A picture's address.
    pub avatar_url: Option<String>,
    /// Where pushes go. Whoever calls has verified it, or means not to.
    pub callback: Option<Callback>,
    /// Who may ask for tokens; empty is everybody.
    pub ip_whitelist: Vec<IpNet>,
    /// XML or JSON.
    pub format: Format,
    /// Voice messages carry `Recognition`.
    pub recognize_voice: bool,
    /// `LOCATION` events are pushed.
    pub report_location: bool,
    /// Ids and secret that are given instead of drawn: those of the demo world.
    pub given: Option<(AppId, AppSecret, Username)>,
}

/// What the owner of a new account is told, once.
#[derive(Debug, Clone)]
pub struct Created {
    /// Our own id.
    pub id: AccountId,
    /// The official id in the API.
    pub app_id: AppId,
    /// The password towards the API; only its hash is kept.
    pub secret: AppSecret,
    /// The official id in pushes.
    pub username: Username,
    /// Signs pushes.
    pub token: Token,
    /// Encrypts pushes.
    pub aes_key: EncodingAesKey,
}

/// Makes an account with all that it needs to be found.
pub fn create(tx: &mut Tx<'_>, keys: &Keys, new: &NewAccount) -> Result<Created, Error> {
    check(new)?;
    let (app_id, secret, username) = match &new.given {
        Some(given) => given.clone(),
        None => (
            AppId::from_bytes(tx.random()),
            AppSecret::from_bytes(tx.random()),
            Username::from_bytes(tx.random()),
        ),
    };
    let id = AccountId(tx.number("account")?);
    let drawn = (Token::from_bytes(tx.random()), EncodingAesKey::from_bytes(tx.random()));
    let callback = new.callback.as_ref();
    let token = callback.map_or(drawn.0, |callback| callback.token.clone());
    let aes_key = callback.and_then(|callback| callback.aes_key.clone()).unwrap_or(drawn.1);
    let account = Account {
        id,
        app_id: app_id.clone(),
        username: username.clone(),
        kind: new.kind,
        verified: new.verified,
        name: new.name.trim().to_owned(),
        introduction: new.introduction.clone(),
        avatar_url: new.avatar_url.clone(),
        secret_frozen: false,
        ip_whitelist: new.ip_whitelist.clone(),
        callback_url: callback.map(|callback| callback.url.clone()),
        mode: callback.map_or(Mode::Plain, |callback| callback.mode),
        format: new.format,
        recognize_voice: new.recognize_voice,
        report_location: new.report_location,
        failed_pushes: 0,
        suspended_until: db::Timestamp(0),
        created_at: tx.now(),
        secret_hash: hash_secret(secret.expose()).to_vec(),
        token_sealed: keys.seal(tx.random(), token.expose().as_bytes()),
        aes_key_sealed: keys.seal(tx.random(), aes_key.expose().as_bytes()),
    };
    if !store::insert_directory(tx, &account)? {
        return Err(Error::IdTaken);
    }
    store::insert(tx, &account)?;
    Ok(Created { id, app_id, secret, username, token, aes_key })
}

/// Removes an account at once from everybody's sight, and its rows by a job.
pub fn remove(tx: &mut Tx<'_>, id: AccountId) -> Result<(), Error> {
    let account = super::get(tx, id)?;
    store::remove(tx, &account)?;
    super::wake(tx, id);
    erase::enqueue(tx, id)?;
    Ok(())
}

fn check(new: &NewAccount) -> Result<(), Error> {
    if !(1..=MAX_NAME).contains(&new.name.trim().chars().count()) {
        return Err(Error::InvalidName);
    }
    if new.introduction.chars().count() > MAX_INTRODUCTION {
        return Err(Error::IntroductionTooLong);
    }
    settings::check_whitelist(&new.ip_whitelist)?;
    new.callback.as_ref().map_or(Ok(()), settings::check_callback)
}
