//! Builds the web client with Node and names the folder that `src/lib.rs` embeds.
//!
//! `TEAHOUSE_WEB_DIST=none` embeds a placeholder page and needs no Node; `=PATH` takes a folder
//! that was built before. Otherwise: `npm ci` when the lock file changed, `vite build` when a
//! source did.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]

mod node;
mod sources;
mod stamp;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// What stopped the build, as one sentence for the person who started it.
type Result<T> = std::result::Result<T, String>;

/// The variable that replaces the build.
const DIST: &str = "TEAHOUSE_WEB_DIST";

fn main() {
    println!("cargo::rerun-if-env-changed={DIST}");
    match folder() {
        Ok(folder) => println!("cargo::rustc-env=TEAHOUSE_WEB_FOLDER={}", folder.display()),
        Err(sentence) => println!("cargo::error={sentence}"),
    }
}

fn folder() -> Result<PathBuf> {
    let out = path_from("OUT_DIR");
    match env::var(DIST).as_deref() {
        Err(_) | Ok("") => built(&path_from("CARGO_MANIFEST_DIR").join("../../web"), &out),
        Ok("none") => placeholder(&out.join("placeholder")),
        Ok(path) => prebuilt(Path::new(path)),
    }
}

fn path_from(variable: &str) -> PathBuf {
    PathBuf::from(env::var_os(variable).expect("cargo sets it for build scripts"))
}

fn placeholder(folder: &Path) -> Result<PathBuf> {
    write(&folder.join("index.html"), include_bytes!("placeholder.html"))?;
    Ok(folder.to_path_buf())
}

fn prebuilt(folder: &Path) -> Result<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let folder = folder.canonicalize().map_err(|error| {
        format!("{DIST} names {}, which cannot be opened: {error}", folder.display())
    })?;
    if !folder.join("index.html").is_file() {
        return Err(format!("{DIST} names {}, which holds no index.html", folder.display()));
    }
    Ok(folder)
}

fn built(web: &Path, out: &Path) -> Result<PathBuf> {
    let sources = sources::find(web)?;
    for path in &sources.watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let web = web.canonicalize().map_err(|error| format!("{}: {error}", web.display()))?;
    let dist = out.join("web");
    let dist_stamp = out.join("web.stamp");
    let source_hash = stamp::of_files(&sources.files)?;
    if stamp::is(&dist_stamp, source_hash) && dist.join("index.html").is_file() {
        return Ok(dist);
    }
    node::require_version()?;
    install(&web)?;
    node::run(
        "vite build",
        node::command(&web.join("client"))
            .arg("../node_modules/vite/bin/vite.js")
            .args(["build", "--emptyOutDir", "--logLevel", "warn", "--outDir"])
            .arg(&dist),
    )?;
    stamp::write(&dist_stamp, source_hash)?;
    Ok(dist)
}

/// Installs the packages of the lock file, unless they are those already installed.
fn install(web: &Path) -> Result<()> {
    let changed = |path: &str| web.join(path).metadata().and_then(|file| file.modified()).ok();
    // npm writes this file when it is done.
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    node::run("npm ci", node::npm(web).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().expect("a file has a folder");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
