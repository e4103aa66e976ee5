//! Prose that names files rots: every path in it must exist.

use std::collections::BTreeSet;

use super::{Finding, has_extension};
use crate::checkout::File;

/// Where a path in prose may begin. Code is named from its crate, as in `platform/src/…`.
const ROOTS: [&str; 3] = ["", "crates/", "docs/"];

/// Made while building or running, so not in a checkout.
const MADE: [&str; 3] = ["target/", "teahouse-data/", "node_modules/"];

/// Endings of the files that we write about.
const ENDINGS: [&str; 13] =
    ["css", "json", "md", "mjs", "png", "py", "rs", "sql", "svg", "toml", "ts", "tsv", "vue"];

/// A path in the documents that leads nowhere.
pub(crate) fn missing_path(files: &[File]) -> Vec<(usize, Finding)> {
    let known = with_folders(files);
    let mut found = Vec::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| is_document(&file.path)) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let exists = |path: &str| {
            let near = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
            let rooted = ROOTS.iter().map(|root| format!("{root}{path}"));
            rooted.chain([near]).any(|path| known.contains(&resolved(&path)))
        };
        for (line, path) in paths(&file.text, &known) {
            if !exists(path) {
                found.push((index, Finding::new(line, format!("{path} does not exist"))));
            }
        }
    }
    found
}

fn is_document(path: &str) -> bool {
    let top = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"].contains(&path);
    let docs = path.strip_prefix("docs/");
    top || docs.is_some_and(|name| has_extension(name, &["md"]) && !name.contains('/'))
}

/// Every file, and every folder on the way to it.
fn with_folders(files: &[File]) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for file in files {
        let slashes = file.path.match_indices('/');
        known.extend(slashes.map(|(at, _)| file.path[..at].to_owned()));
        known.insert(file.path.clone());
    }
    known
}

/// The path without `.`, `..` and a slash at its end.
fn resolved(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The paths that a text names, each with its line: link targets, and code spans that look like
/// one. Blocks of code show commands and are left out.
fn paths<'a>(text: &'a str, known: &BTreeSet<String>) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        }
        if in_block {
            continue;
        }
        let spans = line.split('`').skip(1).step_by(2).filter(|span| is_path(span, known));
        let links = line.split("](").skip(1).filter_map(link_target);
        found.extend(spans.chain(links).map(|path| (index + 1, path)));
    }
    found
}

fn link_target(rest: &str) -> Option<&str> {
    let target = rest.split(')').next()?.split('#').next()?;
    let outside = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
    (!outside).then_some(target)
}

fn is_path(span: &str, known: &BTreeSet<String>) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./@".contains(letter);
    if !span.chars().all(plain) || MADE.iter().any(|made| span.starts_with(made)) {
        return false;
    }
    let Some((first, _)) = span.split_once('/') else { return has_extension(span, &["md"]) };
    let starts_here = ROOTS.iter().any(|root| known.contains(&format!("{root}{first}")));
    !first.is_empty() && (starts_here || has_extension(span, &ENDINGS))
}

#[cfg(test)]
mod tests {
    use super::super::tests::files;
    use super::*;

    fn missing(text: &str) -> Vec<String> {
        let tree = files(&[
            ("ARCHITECTURE.md", text),
            ("crates/platform/src/followers/tags.rs", ""),
            ("docs/GLOSSARY.md", text),
        ]);
        let found = missing_path(&tree).into_iter().filter(|(index, _)| *index == 0);
        found.map(|(_, finding)| finding.problem).collect()
    }

    #[test]
    fn a_renamed_file_is_missed() {
        assert_eq!(
            missing("see `platform/src/followers/labels.rs`"),
            ["platform/src/followers/labels.rs does not exist"]
        );
        assert_eq!(missing("see `fans/store.rs`, `CHANGES.md`").len(), 2);
        assert_eq!(missing("see [the terms](docs/TERMS.md#tea)").len(), 1);
    }

    #[test]
    fn what_exists_may_be_named_from_its_crate() {
        let text = "`platform/src/followers/tags.rs`, `crates/platform/`, `docs/GLOSSARY.md`, \
                    [terms](docs/GLOSSARY.md#tea), `GLOSSARY.md`";
        assert_eq!(missing(text), [""; 0]);
    }

    #[test]
    fn what_is_no_path_is_left_alone() {
        let text = "`application/json`, `/cgi-bin/token`, `a | b/c`, `https://example.com/a.rs`, \
                    `target/debug/teahouse`, [site](https://example.com/x), `gateway::followers`\n\
                    ```\nvim fans/store.rs `fans/store.rs`\n```\n";
        assert_eq!(missing(text), [""; 0]);
    }
}
