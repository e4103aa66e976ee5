//! The binary as a process of its own.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use testkit::Call;

/// The start of the first line on standard output.
const LISTENING: &str = "listening on http://";

/// A running `teahouse`. It is killed when it is dropped.
pub(super) struct Teahouse {
    child: Child,
    output: BufReader<ChildStdout>,
    complaints: Option<JoinHandle<String>>,
    pub(super) address: SocketAddr,
}

/// What a process left behind.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    pub(super) output: String,
    pub(super) complaints: String,
}

/// A command in a folder, with no more of the environment than what finds programs.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_teahouse"));
    command.current_dir(folder).args(arguments).env_clear();
    command.envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end.
pub(super) fn run(folder: &Path, arguments: &[&str]) -> Ended {
    finish(&mut command(folder, arguments))
}

/// Runs a command that was put together to its end.
pub(super) fn finish(command: &mut Command) -> Ended {
    let output = command.output().expect("the binary starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what it says is UTF-8");
    Ended { status: output.status, output: text(output.stdout), complaints: text(output.stderr) }
}

impl Teahouse {
    /// Starts a command and waits for its first line.
    pub(super) fn start(folder: &Path, arguments: &[&str]) -> Self {
        Self::spawn(&mut command(folder, arguments))
    }

    /// Starts a command that was put together and waits for its first line.
    pub(super) fn spawn(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the binary starts");
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut errors = child.stderr.take().expect("it is piped");
        let complaints = std::thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).expect("what it says is UTF-8");
            text
        });
        let mut line = String::new();
        output.read_line(&mut line).expect("what it says is UTF-8");
        let address = line.strip_prefix(LISTENING).and_then(|rest| rest.trim_end().parse().ok());
        let Some(address) = address else {
            panic!("first it says {line:?}; {}", complaints.join().expect("reading never panics"));
        };
        Self { child, output, complaints: Some(complaints), address }
    }

    /// A call to it.
    pub(super) fn call(&self, method: &str, path: &str) -> Call {
        Call::to(self.address, method, path)
    }

    /// Asks it to stop (SIGTERM) and waits until it has.
    pub(super) fn stop(mut self) -> Ended {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().expect("there is kill");
        assert!(sent.success(), "it was still running");
        self.wait()
    }

    /// Kills it (SIGKILL), as a power cut would.
    pub(super) fn kill(mut self) {
        self.child.kill().expect("it was still running");
        self.wait();
    }

    fn wait(&mut self) -> Ended {
        let status = self.child.wait().expect("it is our child");
        let mut output = String::new();
        self.output.read_to_string(&mut output).expect("what it says is UTF-8");
        let complaints = self.complaints.take().expect("it is waited for once");
        Ended { status, output, complaints: complaints.join().expect("reading never panics") }
    }
}

impl Drop for Teahouse {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
