//! Reads everything back and compares it with what was acknowledged.

use std::net::SocketAddr;

use db::{Clock, Db, Options, Store, params};
use testkit::{Call, Database};

use super::bot::{Bot, reply_to};
use super::world::World;

/// Attempts at a push that the platform makes, and the one that was in flight when it was killed.
const MAX_PUSHES: u32 = 3 + 1;
/// How often it may take 20 s to end what was begun.
const PATIENCE: u32 = 5;
/// Messages in one page.
const PAGE: usize = 100;

/// Sentences about what is lost, doubled or out of order. The instance runs and is given the time
/// to end what it has begun.
pub(super) async fn list_faults(
    address: SocketAddr,
    world: &World,
    bot: &Bot,
    written: &[Vec<String>],
) -> Vec<String> {
    settle(address).await;
    let dead = Call::to(address, "GET", "/sandbox/jobs?state=dead").send().await;
    let mut faults = Vec::new();
    if dead.text() != r#"{"jobs":[]}"# {
        faults.push(format!("given up: {}", dead.text()));
    }
    for (person, written) in written.iter().enumerate() {
        let messages = read_all(address, world, person).await;
        let of = |from: &str| -> Vec<&str> {
            let said = messages.iter().filter(|(sender, _)| sender == from);
            said.map(|(_, text)| text.as_str()).collect()
        };
        if of("person") != *written {
            faults.push(format!("p{person} wrote {}, kept {}", written.len(), of("person").len()));
        }
        let mut answers = of("account");
        let mut expected: Vec<String> = written.iter().map(|text| reply_to(text)).collect();
        answers.sort_unstable();
        expected.sort_unstable();
        if answers != expected {
            faults.push(format!("p{person}: {} answers to {}", answers.len(), written.len()));
        }
        if !of("system").is_empty() {
            faults.push(format!("p{person} was told that the bot is out of order"));
        }
        let heard = written.iter().map(|text| (text, bot.times_heard(text)));
        let wrong = heard.filter(|(_, times)| !(1..=MAX_PUSHES).contains(times));
        faults.extend(wrong.map(|(text, times)| format!("{text} was pushed {times} times")));
    }
    faults
}

/// Waits until nothing is due or running: on a busy machine a backlog takes its time.
async fn settle(address: SocketAddr) {
    for _ in 0..PATIENCE {
        let body = r#"{"timeout_ms":20000}"#;
        let settled = Call::to(address, "POST", "/sandbox/settle").json(body).send().await;
        if settled.text() == r#"{"settled":true}"# {
            return;
        }
    }
    panic!("jobs are still running after {PATIENCE} times 20 s");
}

/// A conversation from its start: who said what.
async fn read_all(address: SocketAddr, world: &World, person: usize) -> Vec<(String, String)> {
    let (mut messages, mut after) = (Vec::new(), "0".to_owned());
    loop {
        let path = format!("{}?after={after}&limit={PAGE}", world.messages());
        let page = world.call(address, person, "GET", &path).send().await;
        let json = page.json();
        let list = json["messages"].as_array().expect("a page has messages");
        let text = |message: &serde_json::Value, name: &str| {
            message[name].as_str().unwrap_or_default().to_owned()
        };
        messages
            .extend(list.iter().map(|message| (text(message, "from"), text(message, "content"))));
        if list.len() < PAGE {
            return messages;
        }
        after = page.field("/next");
    }
}

/// Deletes one acknowledged message behind everybody's back.
pub(super) fn plant_a_loss(database: &Database, data: &str) {
    let store = match database.store() {
        Store::Sqlite { .. } => {
            Store::Sqlite { path: format!("{data}/teahouse.db").into(), durable: true }
        }
        Store::Postgres { url, .. } => {
            Store::Postgres { url, partitions: None, check_plans: false }
        }
    };
    let db = Db::open(Options { threads: 1, ..Options::new(store, Clock::real()) }).unwrap();
    let deleted = db.write_blocking(|tx| {
        tx.execute(
            "delete from message where account_id = $1 and follower_no = $2 and seq = $3",
            params![1_i64, 0_i64, 5_i64],
        )
    });
    assert_eq!(deleted, Ok(1));
    db.close();
}
