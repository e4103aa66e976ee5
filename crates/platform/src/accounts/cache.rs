//! What each API call needs of an account, kept in memory.
//!
//! Dropped after the commit that changes it (the bus tells); on a store that several nodes share
//! an entry is never older than a second of real time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bus::Bus;
use db::{Db, Engine, Error, Timestamp, Tx};
use moka::sync::Cache;

use super::store;
use super::tokens::store::{self as tokens, TokenRow};
use super::tokens::{Issuer, Minted, Standing};
use super::{Account, TOPIC};
use crate::ids::AccountId;

/// Accounts kept: at about 1 KB each a few tens of megabytes at the most.
const CAPACITY: u64 = 20_000;
const SHARED_STORE_AGE: Duration = Duration::from_secs(1);

/// An account and what its tokens are worth.
#[derive(Debug)]
pub struct Known {
    /// The account.
    pub account: Account,
    legacy: Option<TokenRow>,
    stable: Option<TokenRow>,
}

impl Known {
    pub(super) fn load(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Self>, Error> {
        let Some(account) = store::find(tx, id)? else { return Ok(None) };
        Ok(Some(Self {
            legacy: tokens::find(tx, id, Issuer::Legacy.as_str())?,
            stable: tokens::find(tx, id, Issuer::Stable.as_str())?,
            account,
        }))
    }

    /// What a token of this account is worth now.
    pub fn standing(&self, minted: &Minted, now: Timestamp) -> Standing {
        let known = match minted.issuer {
            Issuer::Legacy => &self.legacy,
            Issuer::Stable => &self.stable,
        };
        minted.standing(known.as_ref(), now)
    }
}

/// The accounts that were asked for lately.
#[derive(Clone)]
pub struct AccountCache {
    entries: Cache<AccountId, Arc<Known>>,
    /// Counts the changes of any account, so that a look-up that a change overtook is not kept.
    changes: Arc<AtomicU64>,
}

impl AccountCache {
    /// A cache that hears of changes on the bus.
    pub(crate) fn new(db: &Db, bus: &Bus) -> Self {
        let builder = Cache::builder().max_capacity(CAPACITY);
        let entries = match db.engine() {
            Engine::Sqlite => builder.build(),
            Engine::Postgres => builder.time_to_live(SHARED_STORE_AGE).build(),
        };
        let cache = Self { entries, changes: Arc::default() };
        let changed = cache.clone();
        bus.listen(TOPIC, move |wake| {
            changed.changes.fetch_add(1, Ordering::SeqCst);
            changed.entries.invalidate(&AccountId(wake.key));
        });
        cache
    }

    pub(super) fn find(&self, id: AccountId) -> Option<Arc<Known>> {
        self.entries.get(&id)
    }

    /// To be asked before a look-up that `keep` is to remember.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// Remembers a look-up, unless something changed since `changes` was asked.
    pub(super) fn keep(&self, known: &Arc<Known>, changes: u64) {
        self.entries.insert(known.account.id, known.clone());
        if self.changes() != changes {
            self.entries.invalidate(&known.account.id);
        }
    }

    /// Forgets everything: the world was emptied.
    pub(crate) fn clear(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate_all();
    }
}
