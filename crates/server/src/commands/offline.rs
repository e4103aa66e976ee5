//! What the commands have in common that work on an instance's data, not through its listener.

use std::path::PathBuf;

use db::{Clock, Db, Options, Store};

use crate::configuration::{Configuration, Flags};
use crate::folder::DataFolder;

/// Which instance is meant.
#[derive(clap::Args)]
pub(super) struct Place {
    /// The configuration file of the instance, if it has one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Its data folder [default: teahouse-data]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// Its PostgreSQL database, if it is on one
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Place {
    pub(super) fn configure(self) -> anyhow::Result<Configuration> {
        let Self { config, data, database } = self;
        super::configure(config.as_deref(), Flags { listen: None, data, database })
    }
}

/// Where the configured database is.
pub(super) fn store(configuration: &Configuration, folder: &DataFolder) -> Store {
    match configuration.store.database() {
        Some(url) => Store::Postgres { url: url.to_owned(), partitions: None, check_plans: false },
        None => Store::Sqlite { path: folder.database(), durable: true },
    }
}

/// Opens a database for a few reads. To be called outside any runtime.
pub(super) fn open(store: Store) -> anyhow::Result<Db> {
    Ok(Db::open(Options { threads: 1, ..Options::new(store, Clock::real()) })?)
}

/// The address of a PostgreSQL database without its password, for sentences.
pub(super) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "DATABASE".to_owned() };
    match rest.rsplit_once('@') {
        Some((login, place)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{place}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let shown = without_password;
        assert_eq!(shown("postgres://tea:s3@cret@db:5432/tea"), "postgres://tea@db:5432/tea");
        assert_eq!(shown("postgres://tea@db/tea"), "postgres://tea@db/tea");
        assert_eq!(shown("postgres://db/tea"), "postgres://db/tea");
        assert_eq!(shown("host=db password=s3cret"), "DATABASE");
    }
}
