//! Tickets: what pages sign their JS-SDK calls with (`/cgi-bin/ticket/getticket`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Tx;

use super::Error;
use super::tokens::store;
use crate::ids::AccountId;
use crate::keys::Keys;

/// Seconds that a ticket lives.
const LIFETIME_SECS: i64 = 7_200;

/// What a ticket signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketKind {
    /// Pages (`jsapi`).
    Jsapi,
    /// Cards (`wx_card`).
    Card,
}

/// A ticket as it is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The ticket: 86 characters.
    pub ticket: String,
    /// Seconds for which it is valid.
    pub expires_in_secs: i64,
}

/// Gives the present ticket with what remains of its time, or a new one. It outlives the access
/// token with which it was fetched.
pub fn issue(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: AccountId,
    kind: TicketKind,
) -> Result<Ticket, Error> {
    let now = tx.now();
    store::renew_ticket(tx, account, kind.as_str(), now.plus_secs(-LIFETIME_SECS))?;
    let (generation, issued_at) = store::get_ticket(tx, account, kind.as_str())?;
    let left_millis = issued_at.plus_secs(LIFETIME_SECS).0 - now.0;
    Ok(Ticket {
        ticket: make(keys, account, kind, generation),
        expires_in_secs: left_millis.div_euclid(1_000),
    })
}

fn make(keys: &Keys, account: AccountId, kind: TicketKind, generation: i64) -> String {
    let message = [account.0.to_be_bytes(), generation.to_be_bytes()].concat();
    let mac = keys.mac_512(kind.as_str(), &message);
    URL_SAFE_NO_PAD.encode(mac)
}

impl TicketKind {
    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsapi => "jsapi",
            Self::Card => "wx_card",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Jsapi, Self::Card].into_iter().find(|kind| kind.as_str() == word)
    }
}
