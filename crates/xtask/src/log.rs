//! The log of one step: everything that its programs print, in the order in which they print it.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

/// Seconds after which CI ends a program, so that one that hangs is named in the log. The whole
/// run may take half an hour; the longest program, a build from nothing, takes ten minutes.
const CI_LIMIT_SECS: &str = "1200";

/// The output of a step, in a file of its own.
pub(crate) struct Log {
    pub(crate) path: PathBuf,
    file: File,
}

impl Log {
    /// An empty log for `step`, in `folder`.
    pub(crate) fn create(folder: &Path, step: &str) -> anyhow::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.log", step.replace('/', "-")));
        let file = File::create(&path).with_context(|| path.display().to_string())?;
        Ok(Self { path, file })
    }

    /// Adds a line of our own.
    pub(crate) fn note(&mut self, line: &str) -> anyhow::Result<()> {
        writeln!(self.file, "{line}").context("the log cannot be written")
    }

    /// A stream into the log, for a program that runs beside others.
    pub(crate) fn stream(&self) -> anyhow::Result<File> {
        self.file.try_clone().context("the log cannot be opened")
    }

    /// Runs a program to its end; what it prints goes into the log.
    pub(crate) fn run(&mut self, command: &Command) -> anyhow::Result<()> {
        let mut command = self.start(command)?;
        let status = command.stdout(self.stream()?).status();
        expect_success(&command, status.with_context(|| cannot_start(&command))?)
    }

    /// Runs a program to its end and returns its standard output; its errors go into the log.
    pub(crate) fn capture(&mut self, command: &Command) -> anyhow::Result<String> {
        let mut command = self.start(command)?;
        let output = command.stdout(Stdio::piped()).output();
        let output = output.with_context(|| cannot_start(&command))?;
        expect_success(&command, output.status)?;
        String::from_utf8(output.stdout).context("output that is not UTF-8")
    }

    /// All that the log holds.
    pub(crate) fn text(&self) -> anyhow::Result<String> {
        let bytes = fs::read(&self.path).with_context(|| self.path.display().to_string())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn start(&mut self, command: &Command) -> anyhow::Result<Command> {
        self.note(&format!("$ {}", words(command)))?;
        let mut command = if in_ci() { limited(command) } else { limited_by(command, &[]) };
        command.stdin(Stdio::null()).stderr(self.stream()?).env("NO_COLOR", "1");
        Ok(command)
    }
}

/// Whether this is a run of CI, where nothing may be skipped.
pub(crate) fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// A terminal's Ctrl-C does not reach what `timeout` runs, so it is for CI alone.
fn limited(command: &Command) -> Command {
    limited_by(command, &["timeout", "--kill-after=10", CI_LIMIT_SECS])
}

fn limited_by(command: &Command, prefix: &[&str]) -> Command {
    let mut words = prefix.iter().map(AsRef::as_ref).chain([command.get_program()]);
    let mut copy = Command::new(words.next().expect("the program at least"));
    copy.args(words).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        copy.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => copy.env(name, value),
            None => copy.env_remove(name),
        };
    }
    copy
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` does not start", command.get_program().display())
}

fn expect_success(command: &Command, status: std::process::ExitStatus) -> anyhow::Result<()> {
    if !status.success() {
        bail!("`{}` ended with {status}", words(command));
    }
    Ok(())
}

fn words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(name: &str) -> Log {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/xtask/tests");
        Log::create(&folder, name).unwrap()
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_outputs_are_kept_in_order() {
        let mut log = log("order");
        log.run(&shell("echo one; echo two >&2; echo three")).unwrap();
        assert!(log.text().unwrap().ends_with("\none\ntwo\nthree\n"));
    }

    #[test]
    fn a_failure_names_the_program_and_its_status() {
        let error = log("status").run(&shell("exit 3")).unwrap_err().to_string();
        assert!(error.contains("sh -c exit 3") && error.contains("exit status: 3"), "{error}");
    }

    #[test]
    fn captured_output_is_returned_whole() {
        assert_eq!(log("capture").capture(&shell("echo '{}'; echo no >&2")).unwrap(), "{}\n");
    }

    #[test]
    fn a_limited_command_keeps_folder_and_environment() {
        let mut command = shell("pwd; echo $TEA; echo ${HOME-unset}");
        command.current_dir("/").env("TEA", "green").env_remove("HOME");
        let output = limited(&command).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "/\ngreen\nunset\n");
    }
}
