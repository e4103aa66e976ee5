//! A PostgreSQL cluster for tests: made in a folder of its own, listening on loopback alone, and
//! gone when the work is done.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, ensure};

use crate::daemon::Daemon;
use crate::tools;

/// The variable that names the cluster's maintenance database to tests.
pub(crate) const VARIABLE: &str = "TEAHOUSE_TEST_POSTGRES";

/// Where clusters are made: the user `postgres` must reach it, and a socket's path is short.
const PARENT: &str = "/tmp";
const FOLDER_PREFIX: &str = "teahouse-test-postgres-";

/// What every cluster is started with. A test has a pool of connections, several run at once, and
/// a transaction over many partitions takes a lock in each.
const SETTINGS: [&str; 3] =
    ["max_connections=400", "max_locks_per_transaction=256", "shared_buffers=256MB"];

/// For tests in which nobody pulls the plug.
const HASTE: [&str; 3] = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Writes to disk as in production, for tests that crash PostgreSQL itself
    #[arg(long)]
    fsync: bool,
    /// The command and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

/// Whether what is committed must reach the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    Full,
    None,
}

/// A running cluster.
pub(crate) struct Cluster {
    /// Stopped before the folder is removed.
    daemon: Option<Daemon>,
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
}

/// `cargo xtask postgres -- COMMAND…`
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let programs = tools::postgres_folder()
        .context("PostgreSQL is missing (on Debian: apt-get install postgresql)")?;
    let durability = if arguments.fsync { Durability::Full } else { Durability::None };
    let cluster = Cluster::start(&programs, durability)?;
    let status = Command::new(&arguments.command[0])
        .args(&arguments.command[1..])
        .env(VARIABLE, cluster.url("postgres"))
        .status()
        .with_context(|| format!("`{}` does not start", arguments.command[0]))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

impl Cluster {
    /// Makes a cluster with the programs in `programs` and starts it on a free port.
    pub(crate) fn start(programs: &Path, durability: Durability) -> anyhow::Result<Self> {
        remove_leftovers();
        let folder = Path::new(PARENT).join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut cluster = Self { daemon: None, folder, programs: programs.to_path_buf(), port };
        cluster.init()?;
        cluster.daemon = Some(cluster.serve(durability)?);
        Ok(cluster)
    }

    /// The address of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Where its data is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes an empty database and answers its address.
    pub(crate) fn create_database(&self, name: &str) -> anyhow::Result<String> {
        let output = Command::new(self.programs.join("createdb"))
            .args(["--host=127.0.0.1", "--username=postgres", "--port"])
            .args([&self.port.to_string(), name])
            .output()?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "createdb {name}: {errors}");
        Ok(self.url(name))
    }

    fn init(&self) -> anyhow::Result<()> {
        // A default collation unlike "C", as production has: text without a collation then shows.
        let output = as_server(&self.programs.join("initdb"))?
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"])
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--pgdata"])
            .arg(&self.folder)
            .output()
            .context("initdb does not start")?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "initdb: {errors}");
        Ok(())
    }

    fn serve(&self, durability: Durability) -> anyhow::Result<Daemon> {
        let mut command = as_server(&self.programs.join("postgres"))?;
        command.arg("-D").arg(&self.folder).arg("-k").arg(&self.folder);
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string()]);
        let haste = if durability == Durability::None { &HASTE[..] } else { &[] };
        for setting in SETTINGS.iter().chain(haste) {
            command.args(["-c", setting]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command.env("LC_ALL", "C.UTF-8");
        // QUIT ends it at once; there is nothing to keep.
        let ready = |line: &str| line.contains("ready to accept connections").then_some(());
        Ok(Daemon::start(&mut command, "QUIT", ready)?.0)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.daemon.take());
        // What cannot be removed now is removed by the next cluster.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A program of PostgreSQL, under a user that it accepts. It ends when this process does, however
/// that comes.
fn as_server(program: &Path) -> anyhow::Result<Command> {
    let root = tools::is_root();
    if tools::folder_on_path("setpriv").is_none() {
        ensure!(!root, "PostgreSQL does not run as root, and setpriv (util-linux) is missing");
        return Ok(in_parent(Command::new(program)));
    }
    let mut command = Command::new("setpriv");
    if root {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.args(["--pdeathsig", "QUIT"]).arg(program);
    Ok(in_parent(command))
}

/// The user `postgres` may not see the folder in which we are.
fn in_parent(mut command: Command) -> Command {
    command.current_dir(PARENT);
    command
}

/// Removes the folders of runs that were killed.
fn remove_leftovers() {
    let Ok(entries) = fs::read_dir(PARENT) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(FOLDER_PREFIX));
        if owner.is_some_and(|owner| !is_running(owner)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_running(process: &str) -> bool {
    let processes = Path::new("/proc");
    !processes.join("self").exists() || processes.join(process).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_dead_process_is_a_leftover() {
        assert!(is_running(&std::process::id().to_string()));
        // Linux numbers processes below 2^22.
        assert!(!is_running("4194305"));
    }
}
