//! From an origin to an open connection, by way of the policy.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::pool::Connection;
use crate::resolve::Resolve;
use crate::target::{Origin, Place};
use crate::tls::Tls;
use crate::{Error, Policy};

/// How long one address is tried alone before the next joins in (RFC 8305, 5).
const STAGGER: Duration = Duration::from_millis(250);

/// Most addresses of one name that are tried.
const MAX_ADDRESSES: usize = 8;

/// All that opening a connection needs.
pub(crate) struct Connector {
    pub(crate) policy: Policy,
    pub(crate) resolver: Arc<dyn Resolve>,
    pub(crate) tls: Tls,
}

impl Connector {
    pub(crate) async fn open(&self, origin: &Origin, by: Instant) -> Result<Connection, Error> {
        let addresses = within(by, Error::DnsTimeout, self.vetted(origin)).await?;
        within(by, Error::ConnectTimeout, self.connect(origin, &addresses)).await
    }

    /// The origin's addresses that the policy allows: the only ones that are ever connected to.
    pub(crate) async fn vetted(&self, origin: &Origin) -> Result<Vec<SocketAddr>, Error> {
        let found = match &origin.host {
            Place::Address(address) => vec![*address],
            Place::Name(name) => self.resolver.resolve(name).await?,
        };
        let (allowed, blocked): (Vec<IpAddr>, Vec<IpAddr>) =
            found.into_iter().partition(|address| self.policy.allows(*address));
        if !allowed.is_empty() {
            let addresses = allowed.into_iter().take(MAX_ADDRESSES);
            return Ok(addresses.map(|address| SocketAddr::new(address, origin.port)).collect());
        }
        match blocked.first() {
            Some(address) => {
                Err(Error::Blocked { host: origin.host.to_string(), address: *address })
            }
            None => Err(Error::Dns(format!("{} has no records", origin.host))),
        }
    }

    async fn connect(&self, origin: &Origin, to: &[SocketAddr]) -> Result<Connection, Error> {
        let stream = reach_any(to).await?;
        // Pushes are one small packet each; without this the last one waits for an answer.
        stream.set_nodelay(true).map_err(|error| Error::connecting(&error))?;
        if !origin.secure {
            return Connection::start(TokioIo::new(stream)).await;
        }
        let name = server_name(&origin.host)?;
        let secured = self.tls.connector().await?.connect(name, stream).await;
        let secured = secured.map_err(|error| Error::securing(&error))?;
        Connection::start(TokioIo::new(secured)).await
    }
}

/// Runs one phase of a call; `late` names the phase in which the time ran out.
pub(crate) async fn within<T>(
    by: Instant,
    late: Error,
    phase: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    tokio::time::timeout_at(by.into(), phase).await.unwrap_or(Err(late))
}

/// Takes the first address that answers; a failure or a wait of [`STAGGER`] starts the next.
async fn reach_any(addresses: &[SocketAddr]) -> Result<TcpStream, Error> {
    let mut untried = addresses.iter();
    let mut attempts = FuturesUnordered::new();
    let mut failure = None;
    loop {
        attempts.extend(untried.next().map(TcpStream::connect));
        match timeout(STAGGER, attempts.next()).await {
            Ok(Some(Ok(stream))) => return Ok(stream),
            Ok(Some(Err(error))) => failure = Some(more_telling(failure, &error)),
            Ok(None) => return Err(failure.unwrap_or(Error::Unreachable)),
            Err(_) => {}
        }
    }
}

/// Of several failures the first is reported, unless a later one is the machine's own answer.
fn more_telling(earlier: Option<Error>, error: &io::Error) -> Error {
    match (earlier, Error::connecting(error)) {
        (None, now) | (Some(_), now @ Error::Refused) => now,
        (Some(earlier), _) => earlier,
    }
}

fn server_name(host: &Place) -> Result<ServerName<'static>, Error> {
    match host {
        Place::Address(address) => Ok(ServerName::from(*address)),
        Place::Name(name) => {
            let name = name.strip_suffix('.').unwrap_or(name).to_owned();
            ServerName::try_from(name).map_err(|error| Error::BadUrl(error.to_string()))
        }
    }
}
