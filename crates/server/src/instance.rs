//! An instance from start to stop: folder, database, key, platform, listener.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use bus::Bus;
use db::{Clock, Db, Options, Store};
use platform::{Platform, Settings};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::block_in_place;

use crate::configuration::Configuration;
use crate::folder::DataFolder;
use crate::instance_key::InstanceKey;
use crate::listener::{Surfaces, serve};
use crate::node::Node;
use crate::node_name;

/// What is to be run.
pub(crate) struct Plan {
    /// For a developer's machine, or for people.
    pub(crate) mode: webapi::Mode,
    /// What the operator decided.
    pub(crate) configuration: Configuration,
    /// Nothing is kept: an ordinary database in a private temporary folder.
    pub(crate) memory: bool,
}

/// An instance that accepts connections but does not answer them yet.
pub(crate) struct Instance {
    pub(crate) node: Node,
    pub(crate) address: SocketAddr,
    pub(crate) folder: DataFolder,
    listener: TcpListener,
    surfaces: Arc<Surfaces>,
    interrupted: Signal,
    terminated: Signal,
}

impl Instance {
    /// Starts all that the plan names.
    pub(crate) async fn start(plan: &Plan) -> anyhow::Result<Self> {
        // First of all, so that a stop that comes early is a clean one too.
        let interrupted = signal(SignalKind::interrupt())?;
        let terminated = signal(SignalKind::terminate())?;
        let configuration = &plan.configuration;
        let folder = match plan.memory {
            true => DataFolder::temporary()?,
            false => DataFolder::open(&configuration.store.data)?,
        };
        let (listener, address) = bind(configuration.server.listen).await?;
        let bus = Bus::new();
        let (db, key, node) = block_in_place(|| {
            let db = open_database(plan, &folder, &bus)?;
            let key = InstanceKey::open(&configuration.secrets, &folder, &db)?;
            let node = node_name::open(&folder, &db)?;
            anyhow::Ok((db, key, node))
        })?;
        let settings = settings(plan, address, node);
        let files = files::Store::open(&folder.files())?;
        let platform = Platform::assemble(db, bus, files, key.bytes(), settings).await?;
        let surfaces = surfaces(plan, &platform, &folder);
        let node = Node::start(platform);
        Ok(Self { node, address, folder, listener, surfaces, interrupted, terminated })
    }

    /// Answers until somebody asks it to stop, then stops cleanly.
    pub(crate) async fn run(mut self) {
        let (stop, stopping) = watch::channel(false);
        let listening = tokio::spawn(serve(self.listener, self.surfaces, stopping));
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
        tracing::info!("stopping");
        stop.send_replace(true);
        if listening.await.is_err() {
            tracing::error!("the listener panicked");
        }
        self.node.stop().await;
    }
}

async fn bind(address: SocketAddr) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; name another address or port with --listen")
    })?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

fn open_database(plan: &Plan, folder: &DataFolder, bus: &Arc<Bus>) -> anyhow::Result<Db> {
    let store = match plan.configuration.store.database() {
        Some(url) => Store::Postgres { url: url.to_owned(), partitions: None, check_plans: false },
        None => Store::Sqlite { path: folder.database(), durable: !plan.memory },
    };
    let publisher = bus.clone();
    let on_wake = Arc::new(move |wakes: &[db::Wake]| publisher.publish(wakes));
    Ok(Db::open(Options { on_wake, ..Options::new(store, Clock::real()) })?)
}

fn settings(plan: &Plan, address: SocketAddr, node: String) -> Settings {
    let Configuration { server, callbacks, jobs, .. } = &plan.configuration;
    let public_url = match server.public_url.as_str() {
        "" => format!("http://{}", reachable(address)),
        url => url.to_owned(),
    };
    Settings {
        public_url,
        dev: plan.mode == webapi::Mode::Dev,
        callback_timeout: callbacks.timeout(),
        callback_attempts: callbacks.attempts.get().into(),
        callback_failures: callbacks.failures.get().into(),
        callback_suspension_secs: callbacks.suspension_secs.into(),
        callback_networks: callbacks.allow_networks.0.clone(),
        source_addresses: callbacks.source_addresses.clone(),
        workers_per_account: jobs.workers_per_account.get(),
        workers: jobs.workers.get(),
        node,
    }
}

/// An address that can be called: "every address of this machine" is none.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => ([127, 0, 0, 1], v4.port()).into(),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => {
            (std::net::Ipv6Addr::LOCALHOST, v6.port()).into()
        }
        address => address,
    }
}

fn surfaces(plan: &Plan, platform: &Platform, folder: &DataFolder) -> Arc<Surfaces> {
    let Configuration { server, sandbox, store, .. } = &plan.configuration;
    let open = match (plan.mode, sandbox.key()) {
        (webapi::Mode::Serve, _) if !sandbox.enabled => webapi::Sandbox::Off,
        (_, Some(key)) => webapi::Sandbox::Key(key.clone()),
        (webapi::Mode::Dev, None) => webapi::Sandbox::Open,
        // `serve` refuses to start like this; off is the safe side.
        (webapi::Mode::Serve, None) => webapi::Sandbox::Off,
    };
    let data = match (store.database(), plan.memory) {
        (Some(_), _) => "postgresql".to_owned(),
        (None, true) => "memory".to_owned(),
        (None, false) => folder.path().display().to_string(),
    };
    let settings = webapi::Settings {
        mode: plan.mode,
        sandbox: open,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data,
        hosts: Vec::new(),
    };
    Surfaces::new(
        gateway::routes(platform.clone()),
        webapi::routes(platform.clone(), settings),
        server.trusted_proxies.0.clone(),
    )
}
