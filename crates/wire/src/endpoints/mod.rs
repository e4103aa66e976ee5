//! Every official endpoint: who may call it, how often, and how far it is built.

mod lookup;
mod table;

pub use lookup::{AtPath, find};

/// One endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The hosts that serve it.
    pub host: HostGroup,
    /// The methods that it answers.
    pub methods: Methods,
    /// The path, without host and query. A segment in braces stands for any value.
    pub path: &'static str,
    /// The subject that it belongs to.
    pub group: &'static str,
    /// The official name of the operation, where it has one.
    pub name: &'static str,
    /// Which subscription accounts may call it.
    pub subscription: Permission,
    /// Which service accounts may call it.
    pub service: Permission,
    /// Calls a day for one account; `None` is no limit.
    pub daily_quota: Option<u32>,
    /// Calls a minute for one account; `None` is no limit.
    pub minute_quota: Option<u32>,
    /// How far it is built.
    pub status: Status,
    /// What else there is to know; why it is refused. May be empty.
    pub notes: &'static str,
}

/// Hosts whose paths are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostGroup {
    /// The platform's own hosts and their aliases.
    Api,
    /// Payments.
    Mch,
    /// The enterprise side.
    Qyapi,
}

/// The methods of an endpoint. No other is in use on the platform's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Methods {
    /// `GET` alone.
    Get,
    /// `POST` alone.
    Post,
    /// Either, because libraries disagree.
    GetOrPost,
}

/// Which accounts of a kind may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Each.
    All,
    /// Each verified one.
    Verified,
    /// None.
    No,
    /// The caller is no official account but a merchant or a corporation.
    Foreign,
}

/// How far an endpoint is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It answers.
    Done,
    /// It will.
    Planned,
    /// It never will.
    Refused,
}

/// Every endpoint, sorted by host group, path and methods.
pub fn all() -> &'static [Endpoint] {
    table::ENDPOINTS
}

impl Methods {
    /// Whether the method, in capitals, is one of them.
    pub fn allow(self, method: &str) -> bool {
        match self {
            Self::Get => method == "GET",
            Self::Post => method == "POST",
            Self::GetOrPost => method == "GET" || method == "POST",
        }
    }

    /// The table's word: `GET`, `POST` or `GET|POST`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::GetOrPost => "GET|POST",
        }
    }
}

impl HostGroup {
    /// The table's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Mch => "mch",
            Self::Qyapi => "qyapi",
        }
    }
}

impl Permission {
    /// The table's word; `-` for [`Permission::Foreign`].
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Verified => "verified",
            Self::No => "no",
            Self::Foreign => "-",
        }
    }
}

impl Status {
    /// The table's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Planned => "planned",
            Self::Refused => "refused",
        }
    }
}
