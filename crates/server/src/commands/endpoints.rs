//! `teahouse endpoints`: the table of official endpoints.

use std::fmt::Write as _;

use serde::Serialize;
use wire::endpoints::{Endpoint, Status, all};

use super::output::print;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// As a JSON list
    #[arg(long)]
    json: bool,
}

/// One endpoint in the JSON list; `null` is no limit.
#[derive(Serialize)]
struct Row {
    host: &'static str,
    methods: &'static str,
    path: &'static str,
    group: &'static str,
    name: &'static str,
    subscription: &'static str,
    service: &'static str,
    daily_quota: Option<u32>,
    minute_quota: Option<u32>,
    status: &'static str,
    notes: &'static str,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let text = if arguments.json { json()? } else { table() };
    print(&text)?;
    Ok(())
}

fn json() -> anyhow::Result<String> {
    let rows: Vec<Row> = all().iter().map(Row::from).collect();
    Ok(serde_json::to_string_pretty(&rows)? + "\n")
}

fn table() -> String {
    let mut text = String::new();
    for endpoint in all() {
        let Row { host, methods, path, name, status, .. } = endpoint.into();
        writeln!(text, "{status:8} {host:6} {methods:9} {path}  {name}")
            .expect("a string accepts every write");
    }
    let count = |status| all().iter().filter(|endpoint| endpoint.status == status).count();
    let (done, planned) = (count(Status::Done), count(Status::Planned));
    let refused = count(Status::Refused);
    writeln!(text, "{done} done, {planned} planned, {refused} refused")
        .expect("a string accepts every write");
    text
}

impl From<&Endpoint> for Row {
    fn from(endpoint: &Endpoint) -> Self {
        Self {
            host: endpoint.host.as_str(),
            methods: endpoint.methods.as_str(),
            path: endpoint.path,
            group: endpoint.group,
            name: endpoint.name,
            subscription: endpoint.subscription.as_str(),
            service: endpoint.service.as_str(),
            daily_quota: endpoint.daily_quota,
            minute_quota: endpoint.minute_quota,
            status: endpoint.status.as_str(),
            notes: endpoint.notes,
        }
    }
}
