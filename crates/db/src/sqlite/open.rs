//! Opening the file: what is there, whether it is ours, and how each connection is set.

use crate::OpenError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// "TEAH", in the header of every file of ours.
pub(super) const APPLICATION_ID: i64 = 0x5445_4148;
/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Another connection holds a lock for moments only: a checkpoint, or an operator's query.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The writer's page cache, in KiB: the hot pages of some hundred thousand people.
const WRITER_CACHE_KIB: i64 = 128 * 1024;
/// A reader's page cache, in KiB.
const READER_CACHE_KIB: i64 = 8 * 1024;
/// What the log keeps of its file after it starts anew: writing over is faster than growing.
const KEPT_LOG_BYTES: i64 = 64 * 1024 * 1024;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Writer,
    Reader,
    Checkpointer,
}

/// Makes the file if it is not there, and refuses one that cannot be ours.
pub(super) fn prepare(path: &Path) -> Result<(), OpenError> {
    let name = || path.display().to_string();
    let unopenable = |cause: String| OpenError::Unopenable { path: name(), cause };
    let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match created {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) if error.kind() == ErrorKind::ReadOnlyFilesystem => {
            return Err(OpenError::ReadOnly(name()));
        }
        Err(error) => return Err(unopenable(error.to_string())),
    }
    let found = fs::metadata(path).map_err(|error| unopenable(error.to_string()))?;
    if !found.is_file() {
        return Err(OpenError::NotADatabase(name()));
    }
    // Root may write to anything, and still a file without a bit for it is not meant to change.
    if found.permissions().readonly() {
        return Err(OpenError::ReadOnly(name()));
    }
    let mut start = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut start))
        .map_err(|error| unopenable(error.to_string()))?;
    if start.is_empty() || start == MAGIC { Ok(()) } else { Err(OpenError::NotADatabase(name())) }
}

/// Opens a connection and sets it for its role.
pub(super) fn connect(path: &Path, durable: bool, role: Role) -> Result<Connection, OpenError> {
    let access = match role {
        Role::Reader => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Role::Writer | Role::Checkpointer => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
        .and_then(|connection| configure(connection, durable, role))
        .map_err(|error| refusal(path, &error))
}

fn configure(
    connection: Connection,
    durable: bool,
    role: Role,
) -> Result<Connection, rusqlite::Error> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    if role == Role::Writer {
        let name: String =
            connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
        debug_assert_eq!(name, "wal");
    }
    let cache = if role == Role::Writer { WRITER_CACHE_KIB } else { READER_CACHE_KIB };
    connection.pragma_update(None, "cache_size", -cache)?;
    connection.pragma_update(None, "synchronous", if durable { "full" } else { "off" })?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "journal_size_limit", KEPT_LOG_BYTES)?;
    // The checkpointer folds the log, so that the writer need not.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    Ok(connection)
}

/// Why SQLite did not open or migrate a file, as a sentence that says what to do.
pub(super) fn refusal(path: &Path, error: &rusqlite::Error) -> OpenError {
    let name = path.display().to_string();
    let cause = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => OpenError::ReadOnly(name),
        Some(ErrorCode::NotADatabase) => OpenError::NotADatabase(name),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::InUse(name),
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::DiskFull) => {
            OpenError::Unopenable { path: name, cause }
        }
        _ => OpenError::Damaged { path: name, cause },
    }
}
