//! The rival of durable writes: PostgreSQL, one `insert` a transaction, from 64 connections of its
//! own load generator, with `fsync` on.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

use super::machine::on_disk;
use super::programs::Programs;
use crate::cluster::{Cluster, Durability};
use crate::tools;

/// A table of messages with the least that a durable insert needs: one key.
const TABLE: &str = "create table message (account_id bigint not null, seq bigint \
    generated always as identity, sent_at bigint not null, body text not null, \
    primary key (account_id, seq))";
const INSERT: &str = r#"\set account random(1, 100)
insert into message (account_id, sent_at, body) values (:account, 1767240000000,
    '{"text":{"content":"请问今天几点关门？我想带两位朋友过来喝茶。"}}');
"#;

/// A cluster with the table in it.
pub(crate) struct Rival {
    cluster: Cluster,
    programs: PathBuf,
    script: PathBuf,
}

impl Rival {
    pub(crate) fn start(programs: &Programs) -> anyhow::Result<Self> {
        let found = tools::postgres_folder()
            .context("PostgreSQL is missing (on Debian: apt-get install postgresql)")?;
        let cluster = Cluster::start(&found, Durability::Full)?;
        on_disk(cluster.folder())?;
        let script = programs.folder().join("insert.sql");
        fs::write(&script, INSERT)?;
        let rival = Self { cluster, programs: found, script };
        rival.run("psql", &["--quiet", "-c", TABLE])?;
        Ok(rival)
    }

    /// Transactions a second.
    pub(crate) fn measure(&self, seconds: u64) -> anyhow::Result<f64> {
        let seconds = seconds.to_string();
        let script = self.script.to_str().context("a path that is no text")?;
        let said = self.run(
            "pgbench",
            &["-n", "-M", "prepared", "-c", "64", "-j", "2", "-T", &seconds, "-f", script],
        )?;
        read_rate(&said).with_context(|| format!("pgbench said: {said}"))
    }

    fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let output = Command::new(self.programs.join(program))
            .args(arguments)
            .arg(self.cluster.url("postgres"))
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("{program} does not start"))?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{program}: {errors}");
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// `tps = 6123.45 (without initial connection time)`
fn read_rate(said: &str) -> Option<f64> {
    let line = said.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_read_from_what_pgbench_says() {
        let said = "duration: 5 s\ntps = 6123.451000 (without initial connection time)\n";
        assert_eq!(read_rate(said), Some(6_123.451));
        assert_eq!(read_rate("pgbench: error"), None);
    }
}
