//! The files that the built client depends on.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;

/// Folders of `web/` that go into the client.
const FOLDERS: [&str; 2] = ["client", "packages"];

/// Files beside them that decide what is installed.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Made by tools, never by hand.
const MADE: [&str; 3] = ["node_modules", "dist", "coverage"];

#[derive(Default)]
pub(crate) struct Sources {
    /// Sorted, so that a hash over them is stable.
    pub(crate) files: Vec<PathBuf>,
    /// The files, and the folders in which a new file may appear.
    pub(crate) watched: Vec<PathBuf>,
}

pub(crate) fn find(web: &Path) -> Result<Sources> {
    let mut sources = Sources::default();
    sources.files.extend(FILES.map(|name| web.join(name)));
    for folder in FOLDERS {
        add(&web.join(folder), &mut sources)?;
    }
    sources.files.sort();
    sources.watched.extend(sources.files.iter().cloned());
    Ok(sources)
}

/// Answers whether everything inside was written by hand. Cargo walks through a folder that it
/// watches, so one with installed packages is not watched as a whole.
fn add(folder: &Path, sources: &mut Sources) -> Result<bool> {
    let unreadable = |error| format!("{} cannot be read: {error}", folder.display());
    let mut by_hand = true;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.file_name().is_some_and(|name| MADE.iter().any(|made| name == *made)) {
            by_hand = false;
        } else if path.is_dir() {
            by_hand &= add(&path, sources)?;
        } else {
            sources.files.push(path);
        }
    }
    if by_hand {
        sources.watched.push(folder.to_path_buf());
    }
    Ok(by_hand)
}
