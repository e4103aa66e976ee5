//! Measures durable inbound messages a second without HTTP: what a person's message writes, the
//! job of its push included, as closures on the store.
//!
//! Nothing runs the jobs: they stay queued, as behind a developer's server that hangs.
//! `cargo xtask bench` starts it; by hand:
//! `cargo run --release -p server --example inbound -- DIR`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bus::Bus;
use clap::Parser;
use db::{Clock, Db, Options, Store};
use platform::accounts::settings::Callback;
use platform::accounts::{self, AccountKind, NewAccount};
use platform::ids::{AccountId, PersonId};
use platform::messaging::{self, Inbound};
use platform::people::{self, Device, NewPerson};
use platform::{Platform, Settings, followers};
use serde_json::json;
use tokio::task::JoinSet;
use wire::callback::{Format, Mode};
use wire::ids::Token;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ACCOUNTS: usize = 100;
/// What is written before the measurement, so that caches and the log's file are warm.
const WARM_UP: Duration = Duration::from_secs(1);
const TEXT: &str = "请问今天几点关门？我想带两位朋友过来喝茶。";

#[derive(Parser)]
struct Arguments {
    /// An empty folder on the disk to be measured
    folder: PathBuf,
    /// Callers that each wait for their message before they write the next
    #[arg(long, default_value_t = 512)]
    callers: usize,
    /// Seconds to measure
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

/// One who writes again and again.
#[derive(Clone, Copy)]
struct Writer {
    account: AccountId,
    person: PersonId,
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the measurement is its output")]
async fn main() -> anyhow::Result<()> {
    let Arguments { folder, callers, seconds } = Arguments::parse();
    let platform = assemble(&folder).await?;
    let writers = populate(&platform, callers).await?;
    let from = Instant::now() + WARM_UP;
    let until = from + Duration::from_secs(seconds);
    let mut running = JoinSet::new();
    for writer in writers {
        running.spawn(write(platform.clone(), writer, from, until));
    }
    let mut latencies = Vec::new();
    while let Some(ended) = running.join_next().await {
        latencies.extend(ended??);
    }
    latencies.sort_unstable();
    let at = |share: usize| latencies[(latencies.len() - 1) * share / 100];
    let rate = latencies.len() as u64 / seconds;
    println!("{}", json!({ "rate": rate, "p50_micros": at(50), "p99_micros": at(99) }));
    platform.db.close();
    Ok(())
}

/// A platform like that of `teahouse dev`, whose engine is not started.
async fn assemble(folder: &Path) -> anyhow::Result<Platform> {
    let bus = Bus::new();
    let publisher = bus.clone();
    let store = Store::Sqlite { path: folder.join("teahouse.db"), durable: true };
    let on_wake = Arc::new(move |wakes: &[db::Wake]| publisher.publish(wakes));
    let db = Db::open(Options { on_wake, ..Options::new(store, Clock::real()) })?;
    let files = files::Store::open(&folder.join("files"))?;
    let settings = Settings {
        public_url: "http://127.0.0.1".to_owned(),
        dev: true,
        callback_timeout: Duration::from_secs(5),
        callback_attempts: 3,
        callback_failures: 5,
        callback_suspension_secs: 60,
        callback_networks: Vec::new(),
        source_addresses: Vec::new(),
        workers_per_account: 16,
        workers: 1_024,
        node: "bench".to_owned(),
    };
    Ok(Platform::assemble(db, bus, files, b"the instance key of a benchmark!", settings).await?)
}

async fn populate(platform: &Platform, people: usize) -> anyhow::Result<Vec<Writer>> {
    let mut accounts = Vec::new();
    for number in 0..ACCOUNTS {
        let (keys, new) = (platform.keys.clone(), account(number)?);
        let created = platform.db.write(move |tx| accounts::create(tx, &keys, &new)).await?;
        accounts.push(created.id);
    }
    let mut writers = Vec::new();
    for (number, account) in (0..people).zip(accounts.into_iter().cycle()) {
        let (keys, new) = (platform.keys.clone(), person(number));
        let follow = move |tx: &mut db::Tx<'_>| -> anyhow::Result<PersonId> {
            let person = people::create(tx, &new)?.id;
            followers::subscribe(tx, &keys, (account, person), "ADD_SCENE_SEARCH", "")?;
            Ok(person)
        };
        writers.push(Writer { account, person: platform.db.write(follow).await? });
    }
    Ok(writers)
}

/// An account whose pushes go to a server, so that each message queues one.
fn account(number: usize) -> anyhow::Result<NewAccount> {
    let callback = Callback {
        url: "http://127.0.0.1:9/wx".to_owned(),
        token: Token::parse("teahousebench")?,
        mode: Mode::Plain,
        aes_key: None,
    };
    Ok(NewAccount {
        kind: AccountKind::Service,
        verified: true,
        name: format!("茶铺 {number}"),
        introduction: String::new(),
        avatar_url: None,
        callback: Some(callback),
        ip_whitelist: Vec::new(),
        format: Format::Xml,
        recognize_voice: false,
        report_location: false,
        given: None,
    })
}

fn person(number: usize) -> NewPerson {
    let device = Device {
        model: "iPhone 17".to_owned(),
        system: "iOS 20".to_owned(),
        network: "wifi".to_owned(),
        carrier: "China Mobile".to_owned(),
    };
    NewPerson { nickname: format!("茶客 {number}"), device, ..NewPerson::default() }
}

/// Writes until the end; answers the microseconds of each message that was acknowledged between
/// the two instants.
async fn write(
    platform: Platform,
    writer: Writer,
    from: Instant,
    until: Instant,
) -> Result<Vec<u64>, messaging::Error> {
    let mut latencies = Vec::new();
    for number in 0_u64.. {
        let begun = Instant::now();
        if begun >= until {
            break;
        }
        let (place, key) = ((writer.account, writer.person), format!("bench-{number}"));
        let text = Inbound::Text(TEXT.to_owned());
        platform.db.write(move |tx| messaging::receive(tx, place, &text, Some(&key))).await?;
        let ended = Instant::now();
        if from <= ended && ended < until {
            latencies.push(u64::try_from((ended - begun).as_micros()).unwrap_or(u64::MAX));
        }
    }
    Ok(latencies)
}
