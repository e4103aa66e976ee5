//! Emptying the world: what stays.

mod edge;

pub use edge::reset;

/// What stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// Accounts with their credentials, tokens and automatic replies.
    Accounts,
}

impl Keep {
    /// The tables that are not emptied. The leases always stay: they say which node runs whose
    /// jobs, and are about the machine, not about the world.
    fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Nothing => &["job_lease"],
            Self::Accounts => &[
                "job_lease",
                "account",
                "directory_appid",
                "directory_username",
                "directory_account",
                "access_token",
                "ticket",
                "autoreply_rule",
            ],
        }
    }
}
