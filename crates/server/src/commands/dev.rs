//! `teahouse dev`: the whole platform on a developer's machine.

use std::fmt::Write as _;

use platform::sandbox::demo;
use tokio::runtime::Runtime;

use super::output::print;
use crate::configuration::Flags;
use crate::instance::{Instance, Plan};
use crate::logs;

#[derive(clap::Args, Default)]
pub(super) struct Arguments {
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The data folder [default: teahouse-data]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// A PostgreSQL database instead of the embedded one, as postgres://user:password@host/name
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Without the demo world
    #[arg(long)]
    empty: bool,
    /// Nothing is kept on disk
    #[arg(long, conflicts_with_all = ["data", "database"])]
    memory: bool,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<()> {
    logs::start()?;
    let Arguments { listen, data, database, empty, memory } = arguments;
    let configuration = super::configure(None, Flags { listen, data, database })?;
    let plan = Plan { mode: webapi::Mode::Dev, configuration, memory };
    Runtime::new()?.block_on(async {
        let instance = Instance::start(&plan).await?;
        if !empty {
            demo::make(instance.node.platform()).await?;
        }
        print(&format!("listening on http://{}\n", instance.address))?;
        print(&where_to_look(&instance, !empty))?;
        instance.run().await;
        Ok(())
    })
}

fn where_to_look(instance: &Instance, demo: bool) -> String {
    let address = instance.address;
    let data = match instance.folder.is_temporary() {
        true => "nothing is kept".to_owned(),
        false => instance.folder.path().display().to_string(),
    };
    let mut text = format!(
        "\n  client    http://{address}/\n  gateway   http://{address}/cgi-bin/\n  \
         sandbox   http://{address}/sandbox\n  data      {data}\n"
    );
    if demo {
        for account in [demo::TEA_SHOP, demo::LIBRARY] {
            let demo::DemoAccount { name, app_id, secret, server, .. } = account;
            writeln!(text, "\n  {name}\n    AppID      {app_id}\n    AppSecret  {secret}")
                .expect("a string accepts every write");
            if let Some(server) = server {
                let demo::DemoServer { url, token, .. } = server;
                writeln!(text, "    its server {url}, token {token}")
                    .expect("a string accepts every write");
            }
        }
    }
    text.push('\n');
    text
}
