//! Measures durable transactions a second: a read, two inserts and an upsert each, acknowledged
//! only when they would survive a power cut.
//!
//! `cargo run --release -p db --example throughput -- FILE-OR-URL [CALLERS] [SECONDS]`

use db::{By, Clock, Db, Error, MIGRATIONS, Migration, Options, Step, Store, Tx, params};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const TABLES: &[Migration] = &[
    MIGRATIONS[0],
    Migration {
        number: 1,
        name: "throughput",
        steps: &[
            Step::Table {
                name: "talk",
                by: By::Key("account_id"),
                columns: "account_id bigint not null, follower_no bigint not null,
                    last_seq bigint not null,
                    constraint talk_pk primary key (account_id, follower_no)",
            },
            Step::Table {
                name: "line",
                by: By::Key("account_id"),
                columns: "account_id bigint not null, follower_no bigint not null,
                    seq bigint not null, body text not null,
                    constraint line_pk primary key (account_id, follower_no, seq)",
            },
            Step::Table {
                name: "task",
                by: By::Key("account_id"),
                columns: "account_id bigint not null, id bigint not null, body text not null,
                    constraint task_pk primary key (account_id, id)",
            },
        ],
    },
];

fn transaction(tx: &mut Tx<'_>, account: i64, follower: i64) -> Result<i64, Error> {
    let read = "select last_seq from talk where account_id = $1 and follower_no = $2";
    tx.optional::<i64>(read, params![account, follower])?;
    let upsert = "insert into talk (account_id, follower_no, last_seq) values ($1, $2, 1) \
         on conflict (account_id, follower_no) do update set last_seq = talk.last_seq + 1 \
         returning last_seq";
    let seq: i64 = tx.one(upsert, params![account, follower])?;
    let body = "A line of the length that people write to an account: is the shop open today?";
    let line = "insert into line (account_id, follower_no, seq, body) values ($1, $2, $3, $4)";
    tx.execute(line, params![account, follower, seq, body])?;
    let task = "insert into task (account_id, id, body) values ($1, $2, $3)";
    let id = tx.number("task")?;
    tx.execute(task, params![account, id, "{\"kind\":\"push\"}"])?;
    Ok(seq)
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the measurement is the output")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let place = arguments.next().expect("the first argument is a file or a URL");
    let callers: i64 = arguments.next().map_or(512, |text| text.parse().expect("callers"));
    let seconds: u64 = arguments.next().map_or(5, |text| text.parse().expect("seconds"));
    let store = if place.starts_with("postgres") {
        Store::Postgres { url: place, partitions: None, check_plans: false }
    } else {
        Store::Sqlite { path: place.into(), durable: true }
    };
    let options = Options { threads: 64, ..Options::new(store, Clock::real()) };
    let db = Db::open_with(options, TABLES).expect("the database opens");
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let (db, stop, done) = (db.clone(), Arc::clone(&stop), Arc::clone(&done));
            tokio::spawn(async move {
                let mut slowest = Duration::ZERO;
                while !stop.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    let (account, follower) = (caller % 100, caller);
                    db.write(move |tx| transaction(tx, account, follower)).await.expect("written");
                    slowest = slowest.max(begun.elapsed());
                    done.fetch_add(1, Ordering::Relaxed);
                }
                slowest
            })
        })
        .collect();
    let begun = Instant::now();
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    let mut slowest = Duration::ZERO;
    for task in tasks {
        slowest = slowest.max(task.await.expect("the task ended"));
    }
    let rate = u128::from(done.load(Ordering::Relaxed)) * 1000 / begun.elapsed().as_millis();
    println!("{callers} callers: {rate} transactions a second, slowest {slowest:?}");
    db.close();
}
