//! Which buckets this node works on, and since when.

use std::collections::BTreeMap;
use std::sync::RwLock;

use db::{Db, Error, Timestamp};
use tokio::sync::Mutex;

use crate::{BUCKETS, bucket, store};

/// A lease that is not renewed runs out after this much real time; other nodes then take over.
const LEASE_MILLIS: i64 = 15_000;
/// Leases are tended so often: two may fail before one runs out.
const TEND_EVERY_MILLIS: i64 = 5_000;

/// The buckets held by this node with their lease numbers.
#[derive(Debug)]
pub(crate) struct Leases {
    node: String,
    /// The only node on its store: takes everything at once and never needs to renew.
    alone: bool,
    held: RwLock<BTreeMap<i64, i64>>,
    /// The real time from which they are to be tended again. Held while tending: of two at once
    /// the later would forget what the earlier took.
    tend_at: Mutex<Timestamp>,
}

impl Leases {
    pub(crate) fn new(node: String, alone: bool) -> Self {
        Self { node, alone, held: RwLock::default(), tend_at: Mutex::default() }
    }

    /// The lease number under which this node may claim the owner's jobs.
    pub(crate) fn find(&self, owner: i64) -> Option<i64> {
        self.read().get(&bucket(owner)).copied()
    }

    /// The held buckets as ranges: one statement a range.
    pub(crate) fn ranges(&self) -> Vec<(i64, i64)> {
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        for &bucket in self.read().keys() {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == bucket => *last = bucket,
                _ => ranges.push((bucket, bucket)),
            }
        }
        ranges
    }

    /// Renews what is held, takes what is free, and frees the jobs of whoever lost a bucket.
    pub(crate) async fn tend(&self, db: &Db) -> Result<(), Error> {
        let mut tend_at = self.tend_at.lock().await;
        let held = self.read().clone();
        let real_now = db.clock().real_now();
        if real_now < *tend_at || (self.alone && !held.is_empty()) {
            return Ok(());
        }
        let (node, alone) = (self.node.clone(), self.alone);
        let expires_at = if alone { i64::MAX } else { real_now.0 + LEASE_MILLIS };
        let now_held = db
            .write(move |tx| {
                let mut mine = BTreeMap::new();
                for bucket in 0..BUCKETS {
                    let lease = match held.get(&bucket) {
                        Some(&lease) => store::renew_lease(tx, bucket, &node, lease, expires_at)?
                            .then_some(lease),
                        None => {
                            store::take_lease(tx, bucket, &node, (real_now.0, expires_at), alone)?
                        }
                    };
                    mine.extend(lease.map(|lease| (bucket, lease)));
                }
                Ok::<_, Error>(mine)
            })
            .await?;
        let fresh: Vec<(i64, i64)> = {
            let before = self.read();
            now_held
                .iter()
                .filter(|(b, _)| !before.contains_key(b))
                .map(|(b, l)| (*b, *l))
                .collect()
        };
        *self.held.write().expect("no panic under the lock") = now_held;
        *tend_at = real_now.plus_millis(TEND_EVERY_MILLIS);
        for (bucket, lease) in fresh {
            free_orphans(db, bucket, lease).await?;
        }
        Ok(())
    }

    /// Gives every bucket back at once, so that another node need not wait.
    pub(crate) async fn give_up(&self, db: &Db) -> Result<(), Error> {
        let held = std::mem::take(&mut *self.held.write().expect("no panic under the lock"));
        let node = self.node.clone();
        db.write(move |tx| {
            for (&bucket, &lease) in &held {
                store::renew_lease(tx, bucket, &node, lease, 0)?;
            }
            Ok::<_, Error>(())
        })
        .await
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, BTreeMap<i64, i64>> {
        self.held.read().expect("no panic under the lock")
    }
}

async fn free_orphans(db: &Db, bucket: i64, lease: i64) -> Result<(), Error> {
    loop {
        let orphans = db.read(move |tx| store::list_orphans(tx, bucket, lease)).await?;
        if orphans.is_empty() {
            return Ok(());
        }
        db.write(move |tx| {
            orphans.iter().try_for_each(|&(owner, id)| store::free_orphan(tx, owner, id, lease))
        })
        .await?;
    }
}
