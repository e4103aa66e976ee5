//! From a host's name to its addresses.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use hickory_resolver::TokioResolver;
use hickory_resolver::config::LookupIpStrategy;

use crate::Error;

/// Addresses in the order in which they are tried.
pub type Lookup<'a> = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, Error>> + Send + 'a>>;

/// A source of addresses. What it answers is judged by the policy, so it need not be trusted.
pub trait Resolve: Send + Sync {
    /// Finds the addresses of `name`, which is never an address itself.
    fn resolve<'a>(&'a self, name: &'a str) -> Lookup<'a>;
}

/// The name servers and hosts file of this machine, asked without blocking a thread.
#[derive(Default)]
pub(crate) struct SystemResolver {
    /// Made at the first look-up: an instance that calls nobody by name pays nothing.
    resolver: Mutex<Option<TokioResolver>>,
}

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, name: &'a str) -> Lookup<'a> {
        Box::pin(async move {
            if is_localhost(name) {
                return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
            }
            let answer = self.current()?.lookup_ip(name).await;
            answer.map(|found| found.iter().collect()).map_err(|error| {
                // The machine may have moved to another network: its settings are read again.
                if !error.is_no_records_found() {
                    *self.slot() = None;
                }
                Error::Dns(error.to_string())
            })
        })
    }
}

impl SystemResolver {
    fn current(&self) -> Result<TokioResolver, Error> {
        let mut slot = self.slot();
        if let Some(resolver) = slot.as_ref() {
            return Ok(resolver.clone());
        }
        let resolver = read_settings().map_err(|error| Error::Dns(error.to_string()))?;
        Ok(slot.insert(resolver).clone())
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<TokioResolver>> {
        self.resolver.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_settings() -> Result<TokioResolver, hickory_resolver::net::NetError> {
    let mut builder = TokioResolver::builder_tokio()?;
    builder.options_mut().ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    builder.build()
}

/// Whether RFC 6761 says that the name means this machine, whatever a name server thinks.
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}
