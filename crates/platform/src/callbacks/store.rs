//! All SQL of the callbacks: the settled deliveries.

use db::{Error, Timestamp, Tx, params};
use jobs::JobId;

use super::deliveries::{Attempt, Delivery, Status};
use crate::ids::AccountId;

/// Settled deliveries kept for an account: a few days of a busy bot, some tens of megabytes.
const KEPT: i64 = 10_000;

db::row! {
    struct DeliveryRow {
        delivery_id: JobId,
        rid: String,
        url: String,
        status: String,
        reason: String,
        attempts: String,
        request_query: String,
        request_body: String,
        response_status: Option<i64>,
        response_body: String,
        created_at: Timestamp,
    }
}

impl DeliveryRow {
    fn into_delivery(self) -> Result<Delivery, Error> {
        let broken = |what: &str| Error::Corrupt(format!("delivery {}: {what}", self.delivery_id));
        let attempts: Vec<Attempt> =
            serde_json::from_str(&self.attempts).map_err(|_| broken("attempts"))?;
        Ok(Delivery {
            status: Status::parse(&self.status).ok_or_else(|| broken("status"))?,
            response_status: self.response_status.and_then(|status| u16::try_from(status).ok()),
            id: self.delivery_id,
            rid: self.rid,
            url: self.url,
            reason: self.reason,
            attempts,
            request_query: self.request_query,
            request_body: self.request_body,
            response_body: self.response_body,
            created_at: self.created_at,
        })
    }
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    delivery: &Delivery,
) -> Result<(), Error> {
    let now = tx.now();
    let attempts = serde_json::to_string(&delivery.attempts).expect("attempts are plain data");
    tx.execute(
        "insert into delivery (account_id, delivery_id, rid, url, status, reason, attempts, \
         request_query, request_body, response_status, response_body, created_at, settled_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            account,
            delivery.id,
            delivery.rid.as_str(),
            delivery.url.as_str(),
            delivery.status.as_str(),
            delivery.reason.as_str(),
            attempts,
            delivery.request_query.as_str(),
            delivery.request_body.as_str(),
            delivery.response_status.map(i64::from),
            delivery.response_body.as_str(),
            delivery.created_at,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: JobId,
) -> Result<Option<Delivery>, Error> {
    let row: Option<DeliveryRow> = tx.optional(
        "select delivery_id, rid, url, status, reason, attempts, request_query, request_body, \
         response_status, response_body, created_at from delivery \
         where account_id = $1 and delivery_id = $2",
        params![account, id],
    )?;
    row.map(DeliveryRow::into_delivery).transpose()
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    account: AccountId,
    limit: i64,
) -> Result<Vec<Delivery>, Error> {
    let rows: Vec<DeliveryRow> = tx.list(
        "select delivery_id, rid, url, status, reason, attempts, request_query, request_body, \
         response_status, response_body, created_at from delivery \
         where account_id = $1 order by delivery_id desc limit $2",
        params![account, limit],
    )?;
    rows.into_iter().map(DeliveryRow::into_delivery).collect()
}

/// Removes what lies beyond the newest deliveries that are kept, at most 1,000 at a time.
pub(super) fn prune(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    tx.execute(
        "delete from delivery where account_id = $1 and delivery_id in \
         (select delivery_id from delivery where account_id = $1 \
         order by delivery_id desc limit 1000 offset $2)",
        params![account, KEPT],
    )?;
    Ok(())
}
