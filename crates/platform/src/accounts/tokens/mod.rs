//! Access tokens: two isolated issuers, each with a current token and one predecessor.
//!
//! A token is made by HMAC from (account, issuer, generation), so that the row holds no token and
//! the stable kind comes back identical. It carries the account, so that no directory is needed.

pub(super) mod store;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::{Timestamp, Tx};

use store::TokenRow;

use super::{Error, MAX_FORCED_A_DAY};
use crate::calendar;
use crate::ids::AccountId;
use crate::keys::{Keys, same};

/// Seconds that a token lives (`/cgi-bin/token`).
pub const LIFETIME_SECS: i64 = 7_200;
/// Seconds that a replaced token lives on, and under which the stable kind is renewed.
pub const GRACE_SECS: i64 = 300;
/// Two forced refreshes are at least so many seconds apart.
const FORCED_APART_SECS: i64 = 30;

/// Who issued a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Issuer {
    /// `/cgi-bin/token`: each call makes a new one.
    Legacy,
    /// `/cgi-bin/stable_token`: the same one until it is nearly over.
    Stable,
}

/// A token as it is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The token.
    pub token: String,
    /// Seconds for which it is valid.
    pub expires_in_secs: i64,
}

/// A token that we made once, whether or not it is still valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minted {
    /// Whose it is.
    pub account: AccountId,
    /// Who issued it.
    pub issuer: Issuer,
    /// Which one of that issuer.
    pub generation: i64,
}

/// What a token is worth at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It opens the API.
    Valid,
    /// Its time is over (42001).
    Expired,
    /// Another took its place (40001).
    Replaced,
}

/// Issues a new token; the former one lives five more minutes.
pub fn issue_legacy(tx: &mut Tx<'_>, keys: &Keys, account: AccountId) -> Result<Issued, Error> {
    let mut row = lock(tx, account, Issuer::Legacy)?;
    let now = tx.now();
    let grace_ends_at = now.plus_secs(GRACE_SECS).min(row.ends_at());
    replace(&mut row, now, grace_ends_at);
    save(tx, account, Issuer::Legacy, &row)?;
    Ok(give_out(keys, account, Issuer::Legacy, &row, now))
}

/// Gives the present token, or a new one when fewer than five minutes remain; the old one then
/// lives out its time.
pub fn issue_stable(tx: &mut Tx<'_>, keys: &Keys, account: AccountId) -> Result<Issued, Error> {
    let mut row = lock(tx, account, Issuer::Stable)?;
    let now = tx.now();
    if row.ends_at() < now.plus_secs(GRACE_SECS) {
        let ends_at = row.ends_at();
        replace(&mut row, now, ends_at);
        save(tx, account, Issuer::Stable, &row)?;
    }
    Ok(give_out(keys, account, Issuer::Stable, &row, now))
}

/// Ends the present token at once and gives a new one; within 30 seconds of the last time the
/// present one is given unchanged.
pub fn force_stable(tx: &mut Tx<'_>, keys: &Keys, account: AccountId) -> Result<Issued, Error> {
    let mut row = lock(tx, account, Issuer::Stable)?;
    let now = tx.now();
    if row.generation > 0 && now < row.forced_at.plus_secs(FORCED_APART_SECS) {
        return Ok(give_out(keys, account, Issuer::Stable, &row, now));
    }
    let today = calendar::day(now);
    let forced = if row.forced_day == today { row.forced_count } else { 0 };
    if forced >= MAX_FORCED_A_DAY {
        return Err(Error::ForcedTooOften);
    }
    row = TokenRow { forced_day: today, forced_count: forced + 1, forced_at: now, ..row };
    replace(&mut row, now, Timestamp(0));
    save(tx, account, Issuer::Stable, &row)?;
    Ok(give_out(keys, account, Issuer::Stable, &row, now))
}

/// Reads a token that we made; `None` for anything else.
pub fn read(keys: &Keys, token: &str) -> Option<Minted> {
    let bytes = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
    let (head, mac) = bytes.split_at_checked(HEAD_BYTES)?;
    let (issuer, rest) = head.split_first()?;
    let (account, generation) = rest.split_at_checked(8)?;
    let minted = Minted {
        issuer: [Issuer::Legacy, Issuer::Stable].into_iter().find(|i| i.byte() == *issuer)?,
        account: AccountId(i64::from_be_bytes(account.try_into().ok()?)),
        generation: i64::from_be_bytes(generation.try_into().ok()?),
    };
    same(mac, &minted.mac(keys)).then_some(minted)
}

impl Minted {
    /// What the token is worth, given what is known of its issuer.
    pub(crate) fn standing(&self, known: Option<&TokenRow>, now: Timestamp) -> Standing {
        match known {
            Some(row) if row.generation == self.generation => {
                if now < row.ends_at() {
                    Standing::Valid
                } else {
                    Standing::Expired
                }
            }
            Some(row) if row.generation - 1 == self.generation && now < row.previous_until => {
                Standing::Valid
            }
            _ => Standing::Replaced,
        }
    }

    fn head(&self) -> [u8; HEAD_BYTES] {
        let mut head = [0; HEAD_BYTES];
        head[0] = self.issuer.byte();
        head[1..9].copy_from_slice(&self.account.0.to_be_bytes());
        head[9..].copy_from_slice(&self.generation.to_be_bytes());
        head
    }

    fn mac(&self, keys: &Keys) -> [u8; MAC_BYTES] {
        let mut mac = [0; MAC_BYTES];
        mac[..64].copy_from_slice(&keys.mac_512("access token", &self.head()));
        mac[64..].copy_from_slice(&keys.mac_256("access token", &self.head()));
        mac
    }

    fn token(&self, keys: &Keys) -> String {
        let bytes = [self.head().as_slice(), &self.mac(keys)].concat();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// Real tokens begin with a number and an underscore; programs show this part in their logs.
const PREFIX: &str = "81_";
const HEAD_BYTES: usize = 17;
/// As long as it takes for a token to have the length of real ones (130 to 230 characters).
const MAC_BYTES: usize = 96;

impl Issuer {
    /// The word in the store.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Stable => "stable",
        }
    }

    fn byte(self) -> u8 {
        match self {
            Self::Legacy => 1,
            Self::Stable => 2,
        }
    }
}

impl TokenRow {
    fn ends_at(&self) -> Timestamp {
        self.issued_at.plus_secs(LIFETIME_SECS)
    }
}

fn replace(row: &mut TokenRow, now: Timestamp, previous_until: Timestamp) {
    row.generation += 1;
    row.previous_until = previous_until;
    row.issued_at = now;
}

fn lock(tx: &mut Tx<'_>, account: AccountId, issuer: Issuer) -> Result<TokenRow, Error> {
    store::ensure(tx, account, issuer.as_str())?;
    let row = store::lock(tx, account, issuer.as_str())?;
    row.ok_or(Error::Store(db::Error::NoRow))
}

fn save(tx: &mut Tx<'_>, account: AccountId, issuer: Issuer, row: &TokenRow) -> Result<(), Error> {
    store::update(tx, account, issuer.as_str(), row)?;
    super::wake(tx, account);
    Ok(())
}

fn give_out(
    keys: &Keys,
    account: AccountId,
    issuer: Issuer,
    row: &TokenRow,
    now: Timestamp,
) -> Issued {
    let minted = Minted { account, issuer, generation: row.generation };
    let left_millis = row.ends_at().0 - now.0;
    Issued { token: minted.token(keys), expires_in_secs: left_millis.div_euclid(1_000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_a_changed_one_is_not() {
        let keys = Keys::derive(&[3; 32]);
        let minted = Minted { account: AccountId(9), issuer: Issuer::Stable, generation: 4 };
        let token = minted.token(&keys);
        assert!((130..=230).contains(&token.len()), "as long as real ones");
        assert_eq!(read(&keys, &token), Some(minted));
        assert_eq!(read(&Keys::derive(&[4; 32]), &token), None);
        for text in ["", "81_", &token[..token.len() - 1], &format!("{token}A")] {
            assert_eq!(read(&keys, text), None, "{text}");
        }
    }

    #[test]
    fn a_predecessor_lives_until_its_grace_is_over() {
        let known = TokenRow {
            generation: 2,
            issued_at: Timestamp(1_000_000),
            previous_until: Timestamp(1_300_000),
            forced_day: 0,
            forced_count: 0,
            forced_at: Timestamp(0),
        };
        let of = |generation| Minted { account: AccountId(1), issuer: Issuer::Legacy, generation };
        let at = |generation, now| of(generation).standing(Some(&known), Timestamp(now));
        assert_eq!(at(2, 1_000_000), Standing::Valid);
        assert_eq!(at(2, 1_000_000 + LIFETIME_SECS * 1_000), Standing::Expired);
        assert_eq!(at(1, 1_299_999), Standing::Valid);
        assert_eq!(at(1, 1_300_000), Standing::Replaced);
        assert_eq!(at(3, 1_000_000), Standing::Replaced);
        assert_eq!(of(2).standing(None, Timestamp(0)), Standing::Replaced);
    }
}
