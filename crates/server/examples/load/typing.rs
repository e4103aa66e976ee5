//! `message/custom/typing` with all its checks, against a bare route that reads the same body.
//!
//! Every call must succeed: each follower wrote less than 30 s before (45080), and begins and
//! ends of typing alternate for him (45081). The peer gets the same bytes.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::http::{Connection, request};
use crate::setup::{Account, Client, text};
use crate::target::Target;
use crate::window::{Summary, Tally, Window};

const ACCOUNTS: usize = 100;
const FOLLOWERS_EACH: usize = 5;
const WARM_UP: Duration = Duration::from_secs(1);
/// A round with its warm-up, and the messages before it, must be over within the 30 s in which
/// an exchange allows typing.
const LONGEST_ROUND_SECS: u64 = 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long)]
    teahouse: Target,
    #[arg(long)]
    peer: Target,
    /// Rounds of each
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Seconds of one round
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    #[arg(long, default_value_t = 64)]
    connections: usize,
}

/// A follower to whom his account types.
struct Talker {
    /// His path in the sandbox, and what he sends there.
    send: (String, serde_json::Value),
    /// The two calls of his account.
    calls: [Vec<u8>; 2],
}

/// One connection to each server, and the followers that it alone asks about.
struct Worker {
    teahouse: Connection,
    peer: Connection,
    talkers: Vec<Talker>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Teahouse,
    Peer,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { teahouse, peer, rounds, seconds, connections } = arguments;
    ensure!(seconds <= LONGEST_ROUND_SECS, "a round has at most {LONGEST_ROUND_SECS} seconds");
    ensure!((1..=ACCOUNTS * FOLLOWERS_EACH).contains(&connections), "1 to 500 connections");
    let mut workers = populate(teahouse, peer, connections).await?;
    for _ in 0..rounds {
        for (name, side, target) in
            [("peer", Side::Peer, peer), ("teahouse", Side::Teahouse, teahouse)]
        {
            if side == Side::Teahouse {
                workers = let_followers_write(teahouse, workers).await?;
            }
            let length = Duration::from_secs(seconds);
            let summary = measure(&mut workers, side, (target, length)).await?;
            println!("{}", json!({ "name": name, "summary": summary }));
        }
    }
    Ok(())
}

async fn populate(
    teahouse: Target,
    peer: Target,
    connections: usize,
) -> anyhow::Result<Vec<Worker>> {
    let mut client = Client::open(teahouse.address).await?;
    let mut tokens = Vec::with_capacity(ACCOUNTS);
    for account in client.make_accounts(ACCOUNTS, None).await? {
        tokens.push((client.ask_token(&account).await?, account));
    }
    let mut shares: Vec<Vec<(String, Account)>> = vec![Vec::new(); connections];
    for number in 0..ACCOUNTS * FOLLOWERS_EACH {
        shares[number % connections].push(tokens[number % ACCOUNTS].clone());
    }
    let mut made = JoinSet::new();
    for share in shares {
        made.spawn(async move {
            let mut client = Client::open(teahouse.address).await?;
            let mut talkers = Vec::with_capacity(share.len());
            for (token, account) in share {
                talkers.push(Talker::make(&mut client, &token, &account).await?);
            }
            let peer = Connection::open(peer.address).await?;
            Ok(Worker { teahouse: client.into_connection(), peer, talkers })
        });
    }
    made.join_all().await.into_iter().collect()
}

impl Talker {
    async fn make(client: &mut Client, token: &str, account: &Account) -> anyhow::Result<Self> {
        let person = client.post("/sandbox/people", &json!({ "nickname": "茶客" })).await?;
        let path = format!("/sandbox/people/{}", text(&person, "id")?);
        let follow = json!({ "appid": account.app_id, "wait": "accepted" });
        let followed = client.post(&format!("{path}/follow"), &follow).await?;
        let openid = text(&followed, "openid")?;
        let message = json!({
            "appid": account.app_id, "wait": "accepted", "type": "text", "content": "在吗？"
        });
        let call = |command| {
            let body = json!({ "touser": openid, "command": command }).to_string();
            let path = format!("/cgi-bin/message/custom/typing?access_token={token}");
            request("POST", &path, None, &body)
        };
        let calls = [call("Typing"), call("CancelTyping")];
        Ok(Self { send: (format!("{path}/send"), message), calls })
    }
}

/// Lets each follower write, so that his account may type to him.
async fn let_followers_write(
    teahouse: Target,
    workers: Vec<Worker>,
) -> anyhow::Result<Vec<Worker>> {
    let mut written = JoinSet::new();
    for worker in workers {
        written.spawn(async move {
            let mut client = Client::open(teahouse.address).await?;
            for Talker { send: (path, message), .. } in &worker.talkers {
                client.post(path, message).await?;
            }
            Ok(worker)
        });
    }
    written.join_all().await.into_iter().collect()
}

async fn measure(
    workers: &mut Vec<Worker>,
    side: Side,
    (target, length): (Target, Duration),
) -> anyhow::Result<Summary> {
    let window = Window::after(WARM_UP, length);
    let mut running = JoinSet::new();
    for worker in workers.drain(..) {
        running.spawn(worker.call(side, window));
    }
    let readings = window.observe(target).await?;
    let mut tallies = Vec::new();
    for ended in running.join_all().await {
        let (worker, tally) = ended?;
        workers.push(worker);
        tallies.push(tally);
    }
    Ok(Summary::new(window, tallies, readings))
}

impl Worker {
    /// Calls until the window is over.
    async fn call(mut self, side: Side, window: Window) -> anyhow::Result<(Self, Tally)> {
        let connection = match side {
            Side::Teahouse => &mut self.teahouse,
            Side::Peer => &mut self.peer,
        };
        let mut tally = Tally::default();
        for talker in self.talkers.iter().cycle() {
            if window.is_over() {
                break;
            }
            for call in &talker.calls {
                let begun = Instant::now();
                let answer = connection.exchange(call).await.context("a call broke")?;
                tally.count(&window, begun);
                let done = answer.body.starts_with(br#"{"errcode":0,"#);
                ensure!(done, "a call was refused: {}", answer.describe());
            }
        }
        Ok((self, tally))
    }
}
