//! The licences of everything that is linked into the binary.

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::context::Context;
use crate::log::Log;

/// Licences that a work under Apache-2.0 may be shipped with. MPL-2.0 asks for the source of its
/// own files, which the registry has; CDLA-Permissive-2.0 covers the list of root certificates.
const ACCEPTED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Fails when a package of the lock file states no accepted licence.
pub(crate) fn run(context: &Context, log: &mut Log) -> anyhow::Result<()> {
    let metadata = log.capture(&context.cargo(&["metadata", "--format-version=1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo's metadata")?;
    let mut refused = 0;
    for package in metadata["packages"].as_array().context("no packages")? {
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_accepted(licence) {
            log.note(&format!("{}: licence {licence:?}", package["name"]))?;
            refused += 1;
        }
    }
    ensure!(refused == 0, "{refused} packages without an accepted licence");
    Ok(())
}

/// Whether an SPDX expression can be met with accepted licences.
fn is_accepted(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut tokens = spaced.split_whitespace().peekable();
    any_of(&mut tokens) && tokens.next().is_none()
}

type Tokens<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(tokens: &mut Tokens<'_>) -> bool {
    let mut met = all_of(tokens);
    while tokens.next_if_eq(&"OR").is_some() {
        met |= all_of(tokens);
    }
    met
}

fn all_of(tokens: &mut Tokens<'_>) -> bool {
    let mut met = one(tokens);
    while tokens.next_if_eq(&"AND").is_some() {
        met &= one(tokens);
    }
    met
}

fn one(tokens: &mut Tokens<'_>) -> bool {
    let Some(licence) = tokens.next() else { return false };
    if licence == "(" {
        let met = any_of(tokens);
        return tokens.next() == Some(")") && met;
    }
    // An exception only adds permissions.
    if tokens.next_if_eq(&"WITH").is_some() {
        tokens.next();
    }
    ACCEPTED.contains(&licence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_accepted_choice_is_enough() {
        for licence in [
            "MIT",
            "MIT/Apache-2.0",
            "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
            "GPL-3.0-only OR (MIT AND Unicode-3.0)",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
            "ISC AND (Apache-2.0 OR ISC) AND MIT",
        ] {
            assert!(is_accepted(licence), "{licence}");
        }
    }

    #[test]
    fn every_part_of_a_sum_must_be_accepted() {
        for licence in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "MIT Apache-2.0"] {
            assert!(!is_accepted(licence), "{licence}");
        }
    }
}
