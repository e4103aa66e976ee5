//! Databases on the PostgreSQL server that the tests were given: a template, made once a run, and
//! its clones.

use std::env;
use std::path::Path;
use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use db::{Clock, Db, Options, Store};
use postgres::{Client, NoTls};

const URL: &str = "TEAHOUSE_TEST_POSTGRES";
const PARTITIONS: &str = "TEAHOUSE_TEST_PARTITIONS";
const PREFIX: &str = "teahouse_test_";

/// A PostgreSQL server on which databases may be made.
#[derive(Clone)]
pub(crate) struct Server {
    url: String,
    partitions: Option<u32>,
}

impl Server {
    /// The server that the environment names.
    #[expect(clippy::print_stdout, reason = "the test runner shows it beside the test")]
    pub(crate) fn find() -> Option<Self> {
        let Some(url) = env::var(URL).ok().filter(|url| !url.is_empty()) else {
            let promised = env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!promised, "{URL} is not set, and in CI nothing is skipped");
            println!("skipped: {URL} is not set");
            return None;
        };
        let partitions = env::var(PARTITIONS).ok().filter(|text| !text.is_empty());
        let partitions = partitions.map(|text| text.parse().expect("a number of partitions"));
        Some(Self { url, partitions })
    }

    /// The same, for databases that are never partitioned.
    pub(crate) fn whole(self) -> Self {
        Self { partitions: None, ..self }
    }

    /// The address of one of its databases.
    pub(crate) fn url_of(&self, name: &str) -> String {
        let (address, options) = match self.url.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (self.url.as_str(), String::new()),
        };
        let (server, _) = address.rsplit_once('/').expect("an address ends with a database");
        format!("{server}/{name}{options}")
    }

    pub(crate) fn store(&self, name: &str) -> Store {
        let check_plans = self.partitions.is_some();
        Store::Postgres { url: self.url_of(name), partitions: self.partitions, check_plans }
    }

    fn connect(&self) -> Client {
        Client::connect(&self.url, NoTls).expect("the server for tests can be reached")
    }
}

/// Makes a database with all tables and nothing in them; answers its name. Blocks.
pub(crate) fn clone_template(server: &Server) -> String {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| make_template(server));
    create(server, &format!("template {template}"))
}

/// Makes a database without tables; answers its name. Blocks.
pub(crate) fn create_empty(server: &Server) -> String {
    create(server, "")
}

fn create(server: &Server, from: &str) -> String {
    static CREATED: AtomicU32 = AtomicU32::new(0);
    let number = CREATED.fetch_add(1, Ordering::Relaxed);
    let name = format!("{PREFIX}{}_{number}", process::id());
    let statement = format!("create database {name} {from}");
    server.connect().batch_execute(&statement).expect("databases may be made");
    name
}

#[expect(clippy::print_stdout, reason = "the test runner shows it beside the test")]
pub(crate) fn drop_database(server: &Server, name: &str) {
    let statement = format!("drop database if exists {name} with (force)");
    // What cannot be dropped now is dropped by the next run.
    if let Err(error) = server.connect().batch_execute(&statement) {
        println!("could not drop {name}: {error}");
    }
}

fn make_template(server: &Server) -> String {
    drop_left_over(server);
    let name = format!("{PREFIX}{}_template", process::id());
    let statement = format!("create database {name}");
    server.connect().batch_execute(&statement).expect("databases may be made");
    let options = Options { threads: 1, ..Options::new(server.store(&name), Clock::real()) };
    Db::open(options).expect("the schema fits the server").close();
    name
}

/// Drops what earlier runs on this machine have left behind.
fn drop_left_over(server: &Server) {
    let list = "select datname from pg_database where datname like 'teahouse\\_test\\_%'";
    let databases = server.connect().query(list, &[]).expect("databases can be listed");
    for database in databases {
        let name: String = database.get(0);
        let process = name[PREFIX.len()..].split('_').next().unwrap_or_default();
        if !Path::new("/proc").join(process).exists() {
            drop_database(server, &name);
        }
    }
}
