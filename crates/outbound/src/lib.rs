//! The one guarded HTTP client: nothing else in the workspace opens a connection outwards.
//!
//! An address is judged after it is resolved and the very address that was judged is connected
//! to, so that no spelling of a host and no name server can lead the client where [`Policy`]
//! forbids. Absent on purpose: redirects, proxies, cookies, content encodings, HTTP/2.

mod client;
mod connect;
mod error;
mod message;
mod policy;
mod pool;
mod probe;
mod resolve;
mod target;
mod tls;

pub use client::Client;
pub use error::Error;
pub use message::{Request, Response};
pub use policy::Policy;
pub use probe::Probed;
pub use resolve::{Lookup, Resolve};

/// What [`Policy::guarded`] and [`Request`] are made of.
pub use http::Method;
pub use ipnet::IpNet;

/// Whether a URL can be requested at all: http or https, a host, no user name or password. What
/// its host resolves to is judged when it is called.
pub fn check_url(url: &str) -> Result<(), Error> {
    target::Target::parse(url).map(|_| ())
}
