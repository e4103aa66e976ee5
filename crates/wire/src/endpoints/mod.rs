//! Every official endpoint: who may call it, how often, and how far it is built.

/// One endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The hosts that serve it.
    pub host: HostGroup,
    /// The methods that it answers.
    pub methods: Methods,
    /// The path, without host and query; may hold `{names}`.
    pub path: &'static str,
    /// The subject that it belongs to.
    pub group: &'static str,
    /// The official name of the operation.
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
    /// What else there is to know, or why it is refused.
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

/// A set of HTTP methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Methods(u8);

/// Which accounts of a kind may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Each.
    All,
    /// Each verified one.
    Verified,
    /// None.
    No,
}

/// How far an endpoint is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It answers.
    Done,
    /// It will.
    Planned,
    /// It never will; the notes say why.
    Refused,
}

/// Every endpoint, sorted by host group, path and method.
pub fn all() -> &'static [Endpoint] {
    todo!()
}

/// The endpoints at a path: one, or one for each method. `None`: no such path.
pub fn find(host: HostGroup, path: &str) -> Option<&'static [Endpoint]> {
    todo!("{host:?} {path}")
}
