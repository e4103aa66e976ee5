//! Standard output and standard error of the commands.

use std::io::{self, Write as _};

/// Writes lines to standard output at once. That nobody reads them any more is no error.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says on standard error what went wrong, on one line.
pub(super) fn complain(error: &anyhow::Error) {
    // Nobody can be told that nobody can be told.
    let _ = writeln!(io::stderr(), "teahouse: {error:#}");
}
