//! Sign-ins: a session is named by a token that carries its shard and a secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Tx;

use super::store;
use crate::ids::{IdKind, PersonId, SessionNo};
use crate::keys::{Keys, hash_secret, same};

/// Signs a person in; the token is what his browser keeps.
pub fn open(tx: &mut Tx<'_>, keys: &Keys, person: PersonId) -> Result<String, db::Error> {
    let session = SessionNo(tx.number("session")?);
    let secret = URL_SAFE_NO_PAD.encode(tx.random::<16>());
    store::insert_session(tx, person, session, &hash_secret(&secret))?;
    let id = keys.ids().encode(IdKind::Session, person.0, session.0);
    Ok(format!("{id}.{secret}"))
}

/// Whose session a token names, if it is open.
pub fn find(tx: &mut Tx<'_>, keys: &Keys, token: &str) -> Result<Option<PersonId>, db::Error> {
    let Some((person, session, secret)) = read(keys, token) else { return Ok(None) };
    let kept = store::find_session(tx, person, session)?;
    let open = kept.is_some_and(|hash| same(&hash, &hash_secret(secret)));
    Ok(open.then_some(person))
}

/// Signs out. A token that names nothing is no error: it is signed out already.
pub fn close(tx: &mut Tx<'_>, keys: &Keys, token: &str) -> Result<(), db::Error> {
    if find(tx, keys, token)?.is_some()
        && let Some((person, session, _)) = read(keys, token)
    {
        store::remove_session(tx, person, session)?;
    }
    Ok(())
}

fn read<'a>(keys: &Keys, token: &'a str) -> Option<(PersonId, SessionNo, &'a str)> {
    let (id, secret) = token.split_once('.')?;
    let (person, session) = keys.ids().decode(IdKind::Session, id)?;
    Some((PersonId(person), SessionNo(session), secret))
}
