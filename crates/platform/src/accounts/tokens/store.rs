//! The SQL of tokens and tickets.

use db::{Error, Timestamp, Tx, params};

use crate::ids::AccountId;

db::row! {
    /// What is known of one issuer's tokens of one account.
    #[derive(Debug)]
    pub(crate) struct TokenRow {
        /// The current token's generation; 0 is none.
        pub(crate) generation: i64,
        pub(crate) issued_at: Timestamp,
        /// The predecessor is valid until then.
        pub(crate) previous_until: Timestamp,
        pub(crate) forced_day: i64,
        pub(crate) forced_count: i64,
        pub(crate) forced_at: Timestamp,
    }
}

/// Makes sure that there is a row to lock.
pub(super) fn ensure(tx: &mut Tx<'_>, id: AccountId, issuer: &str) -> Result<(), Error> {
    tx.execute(
        "insert into access_token (account_id, issuer, generation, issued_at, previous_until, \
         forced_day, forced_count, forced_at) values ($1, $2, 0, 0, 0, 0, 0, 0) \
         on conflict (account_id, issuer) do nothing",
        params![id, issuer],
    )?;
    Ok(())
}

pub(super) fn lock(
    tx: &mut Tx<'_>,
    id: AccountId,
    issuer: &str,
) -> Result<Option<TokenRow>, Error> {
    tx.lock(
        "select generation, issued_at, previous_until, forced_day, forced_count, forced_at \
         from access_token where account_id = $1 and issuer = $2",
        params![id, issuer],
    )
}

pub(in crate::accounts) fn find(
    tx: &mut Tx<'_>,
    id: AccountId,
    issuer: &str,
) -> Result<Option<TokenRow>, Error> {
    tx.optional(
        "select generation, issued_at, previous_until, forced_day, forced_count, forced_at \
         from access_token where account_id = $1 and issuer = $2",
        params![id, issuer],
    )
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    id: AccountId,
    issuer: &str,
    row: &TokenRow,
) -> Result<(), Error> {
    tx.execute(
        "update access_token set generation = $3, issued_at = $4, previous_until = $5, \
         forced_day = $6, forced_count = $7, forced_at = $8 \
         where account_id = $1 and issuer = $2",
        params![
            id,
            issuer,
            row.generation,
            row.issued_at,
            row.previous_until,
            row.forced_day,
            row.forced_count,
            row.forced_at
        ],
    )?;
    Ok(())
}

/// Takes the next generation of a ticket unless the present one is younger than `fresh_after`.
pub(in crate::accounts) fn renew_ticket(
    tx: &mut Tx<'_>,
    id: AccountId,
    kind: &str,
    fresh_after: Timestamp,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        "insert into ticket (account_id, kind, generation, issued_at) values ($1, $2, 1, $3) \
         on conflict (account_id, kind) do update set generation = ticket.generation + 1, \
         issued_at = $3 where ticket.issued_at <= $4",
        params![id, kind, now, fresh_after],
    )?;
    Ok(())
}

pub(in crate::accounts) fn get_ticket(
    tx: &mut Tx<'_>,
    id: AccountId,
    kind: &str,
) -> Result<(i64, Timestamp), Error> {
    tx.one(
        "select generation, issued_at from ticket where account_id = $1 and kind = $2",
        params![id, kind],
    )
}
