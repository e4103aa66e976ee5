//! People write to accounts through the client API, each on a connection of his own.
//!
//! Without a rate each writes as soon as his last message is acknowledged. With one he writes at
//! fixed instants, and a message counts from its instant, so that a server that falls behind
//! cannot hide it by slowing the generator down.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::http::{Connection, request};
use crate::setup::{CLIENT_API, Client, text};
use crate::sink::{Pushes, Sink};
use crate::target::Target;
use crate::window::{Summary, Tally, Window};

const ACCOUNTS: u32 = 100;
const WARM_UP: Duration = Duration::from_secs(2);
const TEXT: &str = "请问今天几点关门？我想带两位朋友过来喝茶。";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long)]
    server: Target,
    /// What the accounts' server does
    #[arg(long)]
    pushes: Pushes,
    /// People, each with a connection
    #[arg(long, default_value_t = 512)]
    connections: u32,
    /// Seconds to measure
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Messages a second of all together; as many as go if not given
    #[arg(long)]
    rate: Option<f64>,
    /// Goes on after the measurement until the server is killed, and writes into this file what
    /// was acknowledged last
    #[arg(long)]
    until_killed: Option<PathBuf>,
}

/// Where a person stands: what `verify` looks for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Standing {
    pub(crate) cookie: String,
    /// The account's public id.
    pub(crate) account: String,
    /// The number of the last message that was acknowledged to him.
    pub(crate) last_seq: Option<String>,
}

struct Writer {
    connection: Connection,
    standing: Standing,
    sent: u64,
    tally: Tally,
}

/// When messages are due, and when it is over.
#[derive(Clone, Copy)]
struct Plan {
    window: Window,
    /// The first message of this person, and the time between two.
    paced: Option<(Instant, Duration)>,
    until_killed: bool,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { server, pushes, connections, seconds, rate, until_killed } = arguments;
    let sink = Sink::open(pushes).await?;
    let writers = populate(server, &sink, connections).await?;
    let window = Window::after(WARM_UP, Duration::from_secs(seconds));
    let (tell, told) = unbounded_channel();
    let mut running = JoinSet::new();
    for (number, writer) in (0..connections).zip(writers) {
        let paced = rate.map(|rate| pace(rate, number, connections));
        let plan = Plan { window, paced, until_killed: until_killed.is_some() };
        running.spawn(writer.write(plan, tell.clone()));
    }
    drop(tell);
    let (summary, answered) = summarise(server, &sink, window, told).await?;
    let pushed = f64::from(answered) / window.secs();
    println!("{}", json!({ "summary": summary, "pushed_rate": pushed }));
    let standings: Vec<Standing> =
        running.join_all().await.into_iter().collect::<anyhow::Result<_>>()?;
    if let Some(file) = until_killed {
        std::fs::write(file, serde_json::to_vec(&standings)?)?;
    }
    Ok(())
}

/// The first instant and the interval of one of many people, who take turns evenly.
fn pace(rate: f64, number: u32, people: u32) -> (Instant, Duration) {
    let interval = Duration::from_secs_f64(f64::from(people) / rate);
    (Instant::now() + interval * number / people, interval)
}

/// Waits for the end of the window, and for what each person saw in it.
async fn summarise(
    server: Target,
    sink: &Sink,
    window: Window,
    mut told: UnboundedReceiver<Tally>,
) -> anyhow::Result<(Summary, u32)> {
    sleep_until(window.from).await;
    let before = sink.answered();
    let readings = window.observe(server).await?;
    let answered = sink.answered() - before;
    let mut tallies = Vec::new();
    while let Some(tally) = told.recv().await {
        tallies.push(tally);
    }
    Ok((Summary::new(window, tallies, readings), answered))
}

async fn populate(server: Target, sink: &Sink, people: u32) -> anyhow::Result<Vec<Writer>> {
    let mut client = Client::open(server.address).await?;
    client.make_accounts(ACCOUNTS as usize, Some(&sink.url())).await?;
    become_somebody(&mut client).await?;
    let listed = client.get(&format!("{CLIENT_API}/accounts?limit={ACCOUNTS}")).await?;
    let accounts = listed["accounts"].as_array().context("a list of accounts")?;
    let ids: Vec<String> =
        accounts.iter().map(|account| text(account, "id")).collect::<anyhow::Result<_>>()?;
    ensure!(ids.len() == ACCOUNTS as usize, "{} accounts are listed", ids.len());
    let mut made = JoinSet::new();
    for account in ids.into_iter().cycle().take(people as usize) {
        made.spawn(Writer::make(server, account));
    }
    made.join_all().await.into_iter().collect()
}

/// Makes a person and signs in as him.
async fn become_somebody(client: &mut Client) -> anyhow::Result<Value> {
    client.post(&format!("{CLIENT_API}/people"), &json!({ "nickname": "茶客" })).await
}

impl Writer {
    async fn make(server: Target, account: String) -> anyhow::Result<Self> {
        let mut client = Client::open(server.address).await?;
        become_somebody(&mut client).await?;
        client.put(&format!("{CLIENT_API}/accounts/{account}/follow")).await?;
        let cookie = client.cookie()?.to_owned();
        let connection = client.into_connection();
        let standing = Standing { cookie, account, last_seq: None };
        Ok(Self { connection, standing, sent: 0, tally: Tally::default() })
    }

    async fn write(mut self, plan: Plan, tell: UnboundedSender<Tally>) -> anyhow::Result<Standing> {
        let mut tell = Some(tell);
        loop {
            if plan.window.is_over()
                && let Some(tell) = tell.take()
            {
                // Nobody listens only if something failed elsewhere, which is told there.
                drop(tell.send(std::mem::take(&mut self.tally)));
            }
            if tell.is_none() && !plan.until_killed {
                return Ok(self.standing);
            }
            match self.send(&plan).await {
                Ok(()) => {}
                // The server is gone, as it should be by now.
                Err(error) if tell.is_none() && error.is::<std::io::Error>() => {
                    return Ok(self.standing);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes one message and waits until it is acknowledged.
    async fn send(&mut self, plan: &Plan) -> anyhow::Result<()> {
        let begun = match plan.paced {
            Some((first, interval)) => {
                let due = first + interval * u32::try_from(self.sent)?;
                sleep_until(due).await;
                due
            }
            None => Instant::now(),
        };
        self.sent += 1;
        let Standing { cookie, account, .. } = &self.standing;
        let path = format!("{CLIENT_API}/accounts/{account}/messages");
        let body = format!(r#"{{"type":"text","key":"bench-{}","content":"{TEXT}"}}"#, self.sent);
        let sent = request("POST", &path, Some(cookie), &body);
        let answer = self.connection.exchange(&sent).await?;
        if answer.status != 201 {
            bail!("a message was refused: {}", answer.describe());
        }
        let seq = find_seq(answer.body).with_context(|| answer.describe())?;
        let last = self.standing.last_seq.get_or_insert_default();
        last.clear();
        last.push_str(seq);
        self.tally.count(&plan.window, begun);
        Ok(())
    }
}

/// The message's number, without reading the rest: the generator is to be cheap.
fn find_seq(body: &[u8]) -> Option<&str> {
    let (_, rest) = std::str::from_utf8(body).ok()?.split_once(r#""seq":""#)?;
    rest.split('"').next()
}
