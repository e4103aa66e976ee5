//! The machine that is measured: figures without it say nothing.

use std::fmt;
use std::fs::{self, File};
use std::io::Write as _;
use std::num::NonZero;
use std::path::Path;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::sample::median;

/// How often the disk is asked to keep a page.
const SYNCS: usize = 200;
/// File systems in memory: what is written there survives nothing.
const IN_MEMORY: [&str; 2] = ["tmpfs", "ramfs"];

/// What it is.
pub(crate) struct Machine {
    cores: usize,
    processor: String,
    memory_mib: u64,
    kernel: String,
    file_system: String,
    sync: Duration,
    load: String,
}

impl Machine {
    /// Looks at this machine, and at the disk of `folder`.
    pub(crate) fn look(folder: &Path) -> anyhow::Result<Self> {
        let read = |path: &str| fs::read_to_string(path).with_context(|| path.to_owned());
        let file_system = on_disk(folder)?;
        let memory = field(&read("/proc/meminfo")?, "MemTotal").context("MemTotal")?;
        let kib: u64 = memory.trim_end_matches(" kB").parse().context("MemTotal")?;
        Ok(Self {
            cores: available_parallelism().map_or(1, NonZero::get),
            processor: field(&read("/proc/cpuinfo")?, "model name").unwrap_or_default(),
            memory_mib: kib >> 10,
            kernel: read("/proc/sys/kernel/osrelease")?.trim().to_owned(),
            file_system,
            sync: time_sync(folder)?,
            load: read("/proc/loadavg")?.split(' ').next().unwrap_or_default().to_owned(),
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cores, processor, memory_mib, kernel, file_system, sync, load } = self;
        let sync = sync.as_secs_f64() * 1e3;
        writeln!(f, "machine   {cores} cores ({processor}), {memory_mib} MiB, Linux {kernel}")?;
        writeln!(f, "disk      {file_system}; fdatasync of a 4 KiB page {sync:.2} ms (median)")?;
        write!(f, "load      {load} before the first measurement")
    }
}

/// The file system of a folder, which must not be one in memory.
pub(crate) fn on_disk(folder: &Path) -> anyhow::Result<String> {
    let folder = folder.canonicalize()?;
    let mounts = fs::read_to_string("/proc/self/mounts")?;
    let kind = file_system(&mounts, &folder).context("no file system holds the folder")?;
    let is_disk = !IN_MEMORY.contains(&kind);
    ensure!(is_disk, "{} is in memory ({kind}); nothing durable is there", folder.display());
    Ok(kind.to_owned())
}

/// The kind of the mount that holds a folder: of several the longest, of equals the last.
fn file_system<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let (place, kind) = (words.next()?, words.next()?);
        folder.starts_with(place).then_some((place, kind))
    });
    mounts.max_by_key(|(place, _)| place.len()).map(|(_, kind)| kind)
}

fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}

/// The time that the disk takes to keep a page at the end of a file.
fn time_sync(folder: &Path) -> anyhow::Result<Duration> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let begun = Instant::now();
        file.write_all(&[0x5a; 4096])?;
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    fs::remove_file(path)?;
    median(&mut times).context("at least one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_holds_a_folder() {
        let mounts =
            "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/vdb /tmp/disk xfs rw 0 0";
        let kind = |folder| file_system(mounts, Path::new(folder));
        assert_eq!(kind("/home/target"), Some("ext4"));
        assert_eq!(kind("/tmp/other"), Some("tmpfs"));
        assert_eq!(kind("/tmp/disk/data"), Some("xfs"));
        assert_eq!(kind("/tmpfiles"), Some("ext4"));
    }

    #[test]
    fn a_field_is_what_follows_its_colon() {
        assert_eq!(field("a: 1\nMemTotal:   2 kB\n", "MemTotal").as_deref(), Some("2 kB"));
    }
}
