//! What the platform is told when it starts.

use std::net::IpAddr;
use std::time::Duration;

use outbound::IpNet;

/// How this instance behaves. The defaults are in the server's `config.default.toml`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Under which address the outside reaches us, without a slash at the end; every generated
    /// URL begins with it.
    pub public_url: String,
    /// The sandbox's rules hold: outgoing calls may go anywhere, a refused connection does not
    /// count against an account's server.
    pub dev: bool,
    /// Real time for one attempt at a callback (5 s).
    pub callback_timeout: Duration,
    /// Attempts at one callback (3).
    pub callback_attempts: i64,
    /// Failed pushes in a row before an account's server is left alone (5).
    pub callback_failures: i64,
    /// For how long, in seconds of the platform's clock (60).
    pub callback_suspension_secs: i64,
    /// Private networks that callbacks may reach under `serve`.
    pub callback_networks: Vec<IpNet>,
    /// The addresses that callbacks come from, as `/cgi-bin/getcallbackip` names them.
    pub source_addresses: Vec<IpAddr>,
    /// Callbacks of one account that may be under way at once.
    pub workers_per_account: usize,
    /// Jobs that may run at once.
    pub workers: usize,
    /// This node's name, unique in the cluster.
    pub node: String,
}
