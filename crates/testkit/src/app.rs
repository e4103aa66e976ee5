//! A whole platform of one node in this process, on a fresh store, behind a real listener.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bus::Bus;
use db::{Clock, ClockMode, ClockState, Db, Options, Timestamp};
use platform::{Platform, Settings};
use secrecy::SecretString;
use server::listener::{Surfaces, serve};
use server::node::Node;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::acts::TestAccount;
use crate::call::{Call, Reply};
use crate::database::Database;
use crate::left_over;
use crate::run::BLOCKING;
use crate::socket::Socket;

/// Where the clock of every test stands: 2026-01-01T04:00:00Z, noon in China.
const START: Timestamp = Timestamp::from_secs(1_767_240_000);
/// Every generated address begins with it, so that snapshots do not hold a port.
const PUBLIC_URL: &str = "http://teahouse.test";
/// Connections to PostgreSQL, or reading ones: several tests run at once.
const DATABASE_THREADS: usize = 4;
const INSTANCE_KEY: [u8; 32] = *b"the same instance key every time";

/// How a platform for tests behaves, where it differs from the usual.
#[derive(Debug, Clone)]
pub struct Setup {
    /// `dev`: outgoing calls may go anywhere, no sign-in. Else as under `serve`.
    pub dev: bool,
    /// The sandbox's key; `None` under `dev` leaves it open, and under `serve` off.
    pub sandbox_key: Option<&'static str>,
    /// Real time for one attempt at a callback.
    pub callback_timeout: Duration,
    /// Private networks that callbacks may reach under `serve`.
    pub callback_networks: Vec<ipnet::IpNet>,
    /// Callbacks of one account that may be under way at once.
    pub workers_per_account: usize,
    /// Jobs that may run at once.
    pub workers: usize,
    /// Proxies that may say who is calling.
    pub trusted_proxies: Vec<ipnet::IpNet>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            dev: true,
            sandbox_key: None,
            callback_timeout: Duration::from_millis(200),
            callback_networks: Vec::new(),
            workers_per_account: 4,
            workers: 64,
            trusted_proxies: Vec::new(),
        }
    }
}

/// A platform under test. A clone is the same one.
#[derive(Clone)]
pub struct TestApp {
    /// The platform itself, for what no wire shows.
    pub platform: Platform,
    address: SocketAddr,
    account: TestAccount,
    running: Arc<Running>,
}

struct Running {
    node: Mutex<Option<Node>>,
    stop: watch::Sender<bool>,
    listener: Mutex<Option<JoinHandle<()>>>,
}

impl TestApp {
    /// Starts a platform on a store, with one account: a verified service account without a
    /// server of its own.
    pub async fn start(database: &Database, setup: Setup) -> Self {
        let platform = assemble(database, &setup).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let (stop, stopping) = watch::channel(false);
        let surfaces = surfaces(&platform, database.folder(), &setup);
        let listening = tokio::spawn(serve(listener, surfaces, stopping));
        let running = Running {
            node: Mutex::new(Some(Node::start(platform.clone()))),
            stop,
            listener: Mutex::new(Some(listening)),
        };
        let account = crate::acts::create(&platform, crate::NewTestAccount::default()).await;
        Self { platform, address, account, running: Arc::new(running) }
    }

    /// The account that was there from the start.
    pub fn account(&self) -> &TestAccount {
        &self.account
    }

    /// Where the platform listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as a base URL, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A call to which nothing is added: no token, no type.
    pub fn call(&self, method: &str, path: &str) -> Call {
        Call::to(self.address, method, path)
    }

    /// GET. A vendor path that names no access token gets that of [`TestApp::account`].
    pub async fn get(&self, path: &str) -> Reply {
        self.call("GET", &self.with_token(path).await).send().await
    }

    /// POST of JSON; the token as in [`TestApp::get`].
    pub async fn post(&self, path: &str, body: &str) -> Reply {
        self.call("POST", &self.with_token(path).await).json(body).send().await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: &str) -> Reply {
        self.call("PUT", path).json(body).send().await
    }

    /// PATCH of JSON.
    pub async fn patch(&self, path: &str, body: &str) -> Reply {
        self.call("PATCH", path).json(body).send().await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Reply {
        self.call("DELETE", path).send().await
    }

    /// POST of one file as multipart, in the part `media`; the token as in [`TestApp::get`].
    pub async fn upload(&self, path: &str, file_name: &str, bytes: &[u8]) -> Reply {
        let call = self.call("POST", &self.with_token(path).await);
        call.file("media", file_name, bytes).send().await
    }

    /// Opens a WebSocket.
    pub async fn open_socket(&self, path: &str, headers: &[(&'static str, &str)]) -> Socket {
        Socket::open(self.address, path, headers).await
    }

    /// The access token of [`TestApp::account`].
    pub async fn token(&self) -> String {
        self.token_of(&self.account).await
    }

    /// The platform's present instant.
    pub fn now(&self) -> Timestamp {
        self.platform.db.clock().now()
    }

    /// Moves the clock and runs what falls due on the way, in order.
    pub async fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).expect("a test lasts no ages");
        let end = self.now().plus_millis(millis);
        self.drain().await;
        while let Some(due) = self.next_due().await.filter(|due| *due <= end) {
            self.set_clock(due.max(self.now())).await;
            self.drain().await;
        }
        self.set_clock(end).await;
    }

    /// Waits until nothing is due by the clock and nothing runs.
    pub async fn drain(&self) {
        self.platform.engine().drain().await.expect("jobs run while the platform does");
    }

    /// Stops the platform. Fails if a job is left over that the test caused.
    pub async fn finish(&self) {
        self.drain().await;
        let left_over = left_over::list(&self.platform).await;
        self.stop().await;
        assert!(left_over.is_empty(), "jobs left over: {left_over:#?}");
    }

    /// Stops the platform, for tests that start another on the same store.
    pub async fn stop(&self) {
        self.running.stop.send_replace(true);
        let listener = self.running.listener.lock().expect("no panic under the lock").take();
        if let Some(listener) = listener {
            listener.await.expect("the listener ends without a panic");
        }
        let node = self.running.node.lock().expect("no panic under the lock").take();
        if let Some(node) = node {
            node.stop().await;
        }
    }

    async fn with_token(&self, path: &str) -> String {
        if !gateway::is_vendor_path(path_of(path)) || path.contains("access_token=") {
            return path.to_owned();
        }
        let separator = if path.contains('?') { '&' } else { '?' };
        format!("{path}{separator}access_token={}", self.token().await)
    }

    async fn next_due(&self) -> Option<Timestamp> {
        self.platform.engine().find_next_due().await.expect("the store answers")
    }

    async fn set_clock(&self, at: Timestamp) {
        let db = self.platform.db.clone();
        let state = ClockState { mode: ClockMode::Frozen { at }, epoch: db.clock().epoch() };
        let set = spawn_blocking(move || db.set_clock(state));
        set.await.expect(BLOCKING).expect("the clock can be kept");
    }
}

fn path_of(target: &str) -> &str {
    target.split('?').next().unwrap_or(target)
}

async fn assemble(database: &Database, setup: &Setup) -> Platform {
    let bus = Bus::new();
    let publisher = bus.clone();
    let options = Options {
        threads: DATABASE_THREADS,
        on_wake: Arc::new(move |wakes| publisher.publish(wakes)),
        ..Options::new(database.store(), Clock::frozen(START))
    };
    let db = spawn_blocking(|| Db::open(options)).await.expect(BLOCKING);
    let files = files::Store::open(&database.folder().join("files")).expect("files can be kept");
    let settings = Settings {
        public_url: PUBLIC_URL.to_owned(),
        dev: setup.dev,
        callback_timeout: setup.callback_timeout,
        callback_attempts: 3,
        callback_failures: 5,
        callback_suspension_secs: 60,
        callback_networks: setup.callback_networks.clone(),
        source_addresses: vec![Ipv4Addr::LOCALHOST.into()],
        workers_per_account: setup.workers_per_account,
        workers: setup.workers,
        node: "test".to_owned(),
    };
    Platform::assemble(db.expect("the store is fresh"), bus, files, &INSTANCE_KEY, settings)
        .await
        .expect("the platform starts")
}

fn surfaces(platform: &Platform, folder: &Path, setup: &Setup) -> Arc<Surfaces> {
    let key = setup.sandbox_key.map(|key| webapi::Sandbox::Key(SecretString::from(key)));
    let (mode, sandbox) = match setup.dev {
        true => (webapi::Mode::Dev, webapi::Sandbox::Open),
        false => (webapi::Mode::Serve, webapi::Sandbox::Off),
    };
    let settings = webapi::Settings {
        mode,
        sandbox: key.unwrap_or(sandbox),
        version: "0.0.0-test".to_owned(),
        data: folder.display().to_string(),
        hosts: Vec::new(),
    };
    Surfaces::new(
        gateway::routes(platform.clone()),
        webapi::routes(platform.clone(), settings),
        setup.trusted_proxies.clone(),
    )
}
