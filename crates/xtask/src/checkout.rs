//! The checkout that is worked on: its folder and the files that git knows or would add.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

/// The folder of the workspace.
#[derive(Clone)]
pub(crate) struct Checkout {
    pub(crate) root: PathBuf,
}

/// A file of the checkout.
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    /// Empty for what is no text, such as pictures.
    pub(crate) text: String,
}

impl Checkout {
    /// The checkout in which this program was built.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = crate_folder.ancestors().nth(2).context("the workspace has been moved")?;
        ensure!(root.join("Cargo.toml").is_file(), "{} is no workspace any more", root.display());
        Ok(Self { root: root.to_path_buf() })
    }

    /// Every file that is committed or would be, by path.
    pub(crate) fn files(&self) -> anyhow::Result<Vec<File>> {
        let mut files = Vec::new();
        for path in self.paths()? {
            // A file may be deleted but not yet committed so.
            if let Ok(bytes) = fs::read(self.root.join(&path)) {
                files.push(File { path, text: String::from_utf8(bytes).unwrap_or_default() });
            }
        }
        Ok(files)
    }

    fn paths(&self) -> anyhow::Result<Vec<String>> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&self.root)
            .output()
            .context("git does not start; install it")?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "git ls-files failed: {errors}");
        let listed = String::from_utf8(output.stdout).context("a path that is not UTF-8")?;
        let mut paths: Vec<String> =
            listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// The folders directly under `folder`, sorted; none when `folder` does not exist.
    pub(crate) fn folders(&self, folder: &str) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else { return Vec::new() };
        let mut folders: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    }
}
