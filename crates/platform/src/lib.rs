//! The domain: a room for each capability, with its rules, its SQL and its jobs.
//!
//! Rules are synchronous functions over a transaction. Only files named `jobs.rs` or `edge.rs` may
//! wait for files or the network, and this one, which ties the rooms together.

pub mod accounts;
pub mod autoreply;
pub mod calendar;
pub mod callbacks;
pub mod calls;
pub mod chance;
pub mod conversations;
pub mod facts;
pub mod followers;
pub mod ids;
pub mod keys;
pub mod media;
pub mod messaging;
pub mod people;
pub mod sandbox;
pub mod verify;

mod settings;

pub use settings::Settings;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use bus::Bus;
use db::Db;
use files::Store;
use outbound::{Client, Policy};

use accounts::AccountCache;
use calls::{Quotas, Recorder};
use chance::{Draw, Rids};
use conversations::typing::Typing;
use keys::Keys;

/// The whole platform of one node. Cheap to clone.
#[derive(Clone)]
pub struct Platform(Arc<Parts>);

/// What the rooms work with.
pub struct Parts {
    /// The store.
    pub db: Db,
    /// Wake-ups.
    pub bus: Arc<Bus>,
    /// The keys derived from the instance key.
    pub keys: Arc<Keys>,
    /// Files.
    pub files: Store,
    /// How this instance behaves.
    pub settings: Settings,
    /// What each API call needs of an account.
    pub accounts: AccountCache,
    /// Who is typing.
    pub typing: Typing,
    /// How often each endpoint was called.
    pub quotas: Quotas,
    /// What was called, and what came of it.
    pub recorder: Recorder,
    /// Names for calls.
    pub rids: Rids,
    pub(crate) outbound: Client,
    engine: OnceLock<jobs::Engine>,
}

impl Deref for Platform {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Platform {
    /// Ties the rooms together. Nothing runs yet: see [`Platform::engine`].
    pub async fn assemble(
        db: Db,
        bus: Arc<Bus>,
        files: Store,
        instance_key: &[u8; 32],
        settings: Settings,
    ) -> Result<Self, db::Error> {
        let policy = match settings.dev {
            true => Policy::open(),
            false => Policy::guarded(settings.callback_networks.clone()),
        };
        let rids = Rids::new(db.read(|tx| Ok::<_, db::Error>(tx.random())).await?);
        let platform = Self(Arc::new(Parts {
            accounts: AccountCache::new(&db, &bus),
            typing: Typing::new(),
            quotas: Quotas::new(),
            recorder: Recorder::new(),
            rids,
            keys: Arc::new(Keys::derive(instance_key)),
            outbound: Client::new(policy),
            engine: OnceLock::new(),
            db,
            bus,
            files,
            settings,
        }));
        let engine = platform.make_engine();
        platform.engine.set(engine).ok().expect("set once, here");
        Ok(platform)
    }

    /// The engine that runs the jobs; whoever starts the node spawns its `run`.
    pub fn engine(&self) -> &jobs::Engine {
        self.engine.get().expect("set while assembling")
    }

    /// Draws chance for a step outside any transaction.
    pub(crate) async fn draw(&self) -> Result<Draw, db::Error> {
        self.db.read(|tx| Ok(Draw::new(tx))).await
    }

    fn make_engine(&self) -> jobs::Engine {
        let kinds = vec![
            self.kind(callbacks::jobs::PUSH, 1, callbacks::jobs::push),
            self.kind(accounts::erase::jobs::ERASE, 10, accounts::erase::jobs::erase),
            self.kind(media::jobs::EXPIRE, 10, media::jobs::expire),
        ];
        let settings = jobs::Settings {
            node: self.settings.node.clone(),
            per_owner: self.settings.workers_per_account,
            total: self.settings.workers,
            poll: std::time::Duration::from_secs(1),
        };
        jobs::Engine::new(self.db.clone(), &self.bus, kinds, settings)
    }

    fn kind<W, F>(&self, name: &'static str, attempts: i64, work: W) -> jobs::Kind
    where
        W: Fn(Platform, jobs::Claimed) -> F + Send + Sync + 'static,
        F: Future<Output = Result<jobs::Done, jobs::Failure>> + Send + 'static,
    {
        let parts = Arc::downgrade(&self.0);
        let handler = move |job| -> jobs::Running {
            match parts.upgrade() {
                Some(parts) => Box::pin(work(Platform(parts), job)),
                None => Box::pin(async { Err(jobs::Failure("the node is gone".to_owned())) }),
            }
        };
        jobs::Kind { name, versions: 1..=1, attempts, handler: Arc::new(handler) }
    }
}
