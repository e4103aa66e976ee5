//! After a crash: each person looks for the last message that was acknowledged to him.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use serde_json::json;

use crate::inbound::Standing;
use crate::setup::{CLIENT_API, Client};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long)]
    address: SocketAddr,
    /// What `inbound --until-killed` wrote
    #[arg(long)]
    state: PathBuf,
}

pub(crate) async fn run(Arguments { address, state }: Arguments) -> anyhow::Result<()> {
    let standings: Vec<Standing> = serde_json::from_slice(&std::fs::read(state)?)?;
    ensure!(!standings.is_empty(), "nobody wrote anything");
    let mut kept = 0;
    for standing in &standings {
        kept += u32::from(is_kept(address, standing).await?);
    }
    println!("{}", json!({ "people": standings.len(), "kept": kept }));
    Ok(())
}

async fn is_kept(address: SocketAddr, standing: &Standing) -> anyhow::Result<bool> {
    let last = standing.last_seq.as_deref().context("nothing was acknowledged to somebody")?;
    let mut client = Client::open(address).await?.with_cookie(&standing.cookie);
    let path = format!("{CLIENT_API}/accounts/{}/messages?limit=100", standing.account);
    let page = client.get(&path).await?;
    let messages = page["messages"].as_array().context("a list of messages")?;
    Ok(messages.iter().any(|message| message["seq"] == last && message["from"] == "person"))
}
