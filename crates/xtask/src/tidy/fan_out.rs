//! A statement over all shards is for jobs, the console and the sandbox: it is marked, and whoever
//! calls its function must be one of them.

use super::{Finding, sql};
use crate::checkout::File;

/// Marks a statement over several keys.
pub(super) const SEVERAL: &str = "/* several */";
/// Marks a statement over all shards.
const FAN_OUT: &str = "/* fan_out */";

/// Words in the path of a file that may ask all shards. `verify` and the sandbox are alone on
/// their machine.
const MAY_ASK: [&str; 5] = ["jobs", "console", "operators", "sandbox", "verify"];

/// A marked statement whose function is called from anywhere else.
pub(crate) fn outside_jobs(files: &[File]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| !may_ask(&file.path)) {
        for piece in sql::statements(&file.path, &file.text) {
            if !piece.text.contains(FAN_OUT) || file.path.starts_with("crates/db/") {
                continue;
            }
            let name = function_around(&file.text, piece.line);
            for caller in callers(files, file, name) {
                let problem = format!("`{name}` asks all shards and is called by {caller}");
                found.push((index, Finding::new(piece.line, problem)));
            }
        }
    }
    found
}

fn may_ask(path: &str) -> bool {
    path.split(['/', '.']).any(|word| MAY_ASK.contains(&word))
}

/// The name of the function in which a line stands.
fn function_around(text: &str, line: usize) -> &str {
    let before: Vec<&str> = text.lines().take(line).collect();
    let declared = before.iter().rev().find_map(|line| {
        let (_, name) = line.split_once("fn ")?;
        name.split(['(', '<']).next()
    });
    declared.unwrap_or_default()
}

/// Files of the same room that call a function of its store and may not.
fn callers<'a>(files: &'a [File], store: &File, name: &str) -> Vec<&'a str> {
    let room = store.path.rsplit_once('/').map_or("", |(room, _)| room);
    let call = format!("store::{name}(");
    let calls = |file: &&File| {
        file.path.starts_with(room) && !may_ask(&file.path) && file.text.contains(&call)
    };
    files.iter().filter(calls).map(|file| file.path.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::files;
    use super::*;

    const STORE: &str =
        "fn due(tx: &mut Tx) {\n    tx.list(\"/* fan_out */ select id from a\")\n}\n";

    fn found(caller: &str) -> usize {
        let store = ("crates/platform/src/followers/store.rs", STORE);
        outside_jobs(&files(&[store, (caller, "store::due(tx)")])).len()
    }

    #[test]
    fn a_rule_must_not_ask_all_shards() {
        assert_eq!(found("crates/platform/src/followers/tags.rs"), 1);
    }

    #[test]
    fn a_job_and_the_console_may() {
        assert_eq!(found("crates/platform/src/followers/jobs.rs"), 0);
        assert_eq!(found("crates/platform/src/followers/console.rs"), 0);
    }
}
