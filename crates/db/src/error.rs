//! What can go wrong, in one enum for statements and one for opening.

/// A failure of a statement, a transaction or the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The queue is full, or a transaction was tried five times and lost each conflict.
    #[error("the database is busy")]
    Busy,
    /// The database was closed before the work began.
    #[error("the database is closed")]
    Closed,
    /// [`crate::Tx::one`] found nothing.
    #[error("no row where one was expected")]
    NoRow,
    /// A statement for one row found more.
    #[error("several rows where one was expected")]
    SeveralRows,
    /// A primary key or a unique constraint was violated.
    #[error("a row with this key exists")]
    UniqueViolation,
    /// A check, a foreign key or `not null` was violated; holds the engine's words.
    #[error("constraint violated: {0}")]
    ConstraintViolation(String),
    /// An earlier statement of this transaction failed, so nothing more is done in it.
    #[error("an earlier statement of the transaction failed")]
    Aborted,
    /// A statement that writes, inside [`crate::Db::read`].
    #[error("a read may not write")]
    ReadOnly,
    /// A value that one of the engines cannot keep: U+0000 in a text, or not a number.
    #[error("value refused: {0}")]
    Value(&'static str),
    /// A row does not have the columns or the types that were asked for.
    #[error("row refused: {0}")]
    Row(String),
    /// A statement breaks the rules that make it run on every engine.
    #[error("statement refused: {0}")]
    Rule(String),
    /// The engine refused a statement; holds its words.
    #[error("statement failed: {0}")]
    Statement(String),
    /// The closure panicked; holds the panic's words. Its transaction was rolled back.
    #[error("transaction panicked: {0}")]
    Panicked(String),
    /// The commit failed, so nothing of the transaction may be taken as kept.
    #[error("commit failed: {0}")]
    Commit(String),
    /// The database's server cannot be reached.
    #[error("database unreachable: {0}")]
    Unreachable(String),
    /// The store is damaged; holds what was found.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// The engine in use cannot do this; says what to do instead.
    #[error("not supported: {0}")]
    Unsupported(&'static str),
    /// A file outside the store could not be read or written.
    #[error("file error: {0}")]
    File(String),
}

/// What most functions over a transaction return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A unique constraint decided against this statement.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Error::UniqueViolation)
    }

    /// Trying again a little later may succeed.
    pub fn is_busy(&self) -> bool {
        matches!(self, Error::Busy)
    }
}

/// Why a database could not be opened: each text is a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The file or its folder may not be written.
    #[error("{0} is read-only; make the file and its folder writable, or choose another folder")]
    ReadOnly(String),
    /// The file or its folder does not exist or may not be opened.
    #[error("{path} cannot be opened ({cause}); check that the folder exists and is yours")]
    Unopenable {
        /// The file.
        path: String,
        /// The system's words.
        cause: String,
    },
    /// The file is no database.
    #[error("{0} is not a database; name another file, or restore a backup to it")]
    NotADatabase(String),
    /// A database of another program.
    #[error("{0} belongs to another program; name another file or database")]
    Foreign(String),
    /// Written by a newer release.
    #[error(
        "the database is at version {found} and this release knows {known}; \
         start the newer release again, or restore a backup made by this one"
    )]
    Newer {
        /// The version of the database.
        found: i64,
        /// The newest version of this program.
        known: i64,
    },
    /// Written by a release whose history of migrations differs.
    #[error(
        "migration {number} of the database is called {found} and here {known}; \
         start the release that wrote it, or use another database"
    )]
    OtherHistory {
        /// The migration's number.
        number: i64,
        /// Its name in the database.
        found: String,
        /// Its name in this program.
        known: String,
    },
    /// Header or schema are damaged.
    #[error("{path} is damaged ({cause}); restore the latest backup with `teahouse restore`")]
    Damaged {
        /// The file.
        path: String,
        /// What was found.
        cause: String,
    },
    /// Another process holds the database's lock.
    #[error("{0} is in use by another process; stop that one first")]
    InUse(String),
    /// The server of the database did not answer.
    #[error("the database server cannot be reached ({0}); check that it runs and its address")]
    Unreachable(String),
    /// A migration failed; nothing of it was kept.
    #[error("migration {name} failed ({cause}); the database is as before, report this")]
    Migration {
        /// The migration.
        name: String,
        /// The engine's words.
        cause: String,
    },
    /// The options contradict each other.
    #[error("{0}")]
    Options(&'static str),
}
