//! A program that runs beside the tests: started, waited for until it says that it is ready, and
//! stopped when it goes out of scope.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail};

/// The longest wait for readiness, and then for a clean stop: both take under a second here.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running program.
pub(crate) struct Daemon {
    child: Child,
    /// What it prints; closed when it and its children have ended.
    lines: Receiver<String>,
    stop_signal: &'static str,
}

impl Daemon {
    /// Starts `command` and waits for a line in which `ready` finds what it looks for. The caller
    /// pipes the one stream that carries that line; `stop_signal` asks for a clean end.
    pub(crate) fn start<T>(
        command: &mut Command,
        stop_signal: &'static str,
        ready: impl Fn(&str) -> Option<T>,
    ) -> anyhow::Result<(Self, T)> {
        let name = command.get_program().display().to_string();
        let mut child = command.spawn().with_context(|| format!("`{name}` does not start"))?;
        let stream: Box<dyn Read + Send> = match (child.stdout.take(), child.stderr.take()) {
            (Some(stdout), _) => Box::new(stdout),
            (None, Some(stderr)) => Box::new(stderr),
            (None, None) => bail!("no stream of `{name}` is piped"),
        };
        let daemon = Self { child, lines: lines_of(stream), stop_signal };
        let found = daemon.wait_for(ready).with_context(|| format!("`{name}` is not ready"))?;
        Ok((daemon, found))
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    fn wait_for<T>(&self, ready: impl Fn(&str) -> Option<T>) -> anyhow::Result<T> {
        let mut printed = String::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => match ready(&line) {
                    Some(found) => return Ok(found),
                    None => printed = printed + &line + "\n",
                },
                Err(RecvTimeoutError::Timeout) => bail!("it waits for something\n{printed}"),
                Err(RecvTimeoutError::Disconnected) => bail!("it ended\n{printed}"),
            }
        }
    }

    fn has_ended(&self) -> bool {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return true,
                Err(RecvTimeoutError::Timeout) => return false,
            }
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let kill = format!("kill -s {} {}", self.stop_signal, self.child.id());
        let asked = Command::new("sh").args(["-c", &kill]).status();
        if !asked.is_ok_and(|status| status.success()) || !self.has_ended() {
            // It may be gone already, which is what we want.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// The lines of a stream. They are read to the end, since a full pipe would stop the program.
fn lines_of(stream: Box<dyn Read + Send>) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let _ = sender.send(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdout(Stdio::piped());
        command
    }

    fn port(line: &str) -> Option<u16> {
        line.strip_prefix("port ")?.parse().ok()
    }

    #[test]
    fn readiness_is_read_from_a_line_and_the_program_stops_with_its_owner() {
        let mut command = shell("echo hello; echo port 80; exec cat /dev/zero > /dev/null");
        let (daemon, port) = Daemon::start(&mut command, "TERM", port).unwrap();
        assert_eq!(port, 80);
        let id = daemon.child.id();
        drop(daemon);
        let probe = Command::new("sh").args(["-c", &format!("kill -0 {id}")]).output().unwrap();
        assert!(!probe.status.success());
    }

    #[test]
    fn a_program_that_ends_too_early_is_quoted() {
        let error = Daemon::start(&mut shell("echo sorry"), "TERM", port).err().unwrap();
        assert!(format!("{error:#}").contains("sorry"));
    }
}
