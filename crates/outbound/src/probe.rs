//! Whether a server can be reached at all: its addresses, and how long each takes to connect.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::net::TcpStream;
use tokio::time::timeout_at;

use crate::connect::within;
use crate::target::Target;
use crate::{Client, Error};

/// One address of a host, and what came of connecting to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probed {
    /// The address.
    pub address: IpAddr,
    /// How long the connection took; `None` if there was none within the time.
    pub connected: Option<Duration>,
}

impl Client {
    /// Resolves the host of a URL and connects once to each address that the policy allows, all
    /// at the same time; nothing is sent.
    pub async fn probe(&self, url: &str, timeout: Duration) -> Result<Vec<Probed>, Error> {
        let by = Instant::now() + timeout;
        let target = Target::parse(url)?;
        let found = self.connector.vetted(&target.origin);
        let addresses = within(by, Error::DnsTimeout, found).await?;
        Ok(join_all(addresses.into_iter().map(|address| probe(address, by))).await)
    }
}

async fn probe(address: SocketAddr, by: Instant) -> Probed {
    let started = Instant::now();
    let connected = timeout_at(by.into(), TcpStream::connect(address)).await;
    let connected = matches!(connected, Ok(Ok(_))).then(|| started.elapsed());
    Probed { address: address.ip(), connected }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;
    use crate::Policy;

    const TIMEOUT: Duration = Duration::from_secs(2);

    #[tokio::test]
    async fn a_listening_server_is_reached_and_a_closed_port_is_not() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let url = format!("http://{}/wx", listener.local_addr().expect("it listens"));
        let client = Client::new(Policy::open());
        let probed = client.probe(&url, TIMEOUT).await.expect("an address");
        assert!(matches!(probed[..], [Probed { connected: Some(_), .. }]));
        drop(listener);
        let probed = client.probe(&url, TIMEOUT).await.expect("an address");
        assert!(matches!(probed[..], [Probed { connected: None, .. }]));
    }

    #[tokio::test]
    async fn what_the_policy_forbids_is_not_even_tried() {
        let client = Client::new(Policy::guarded(Vec::new()));
        let refused = client.probe("http://127.0.0.1/", TIMEOUT).await;
        assert!(matches!(refused, Err(Error::Blocked { .. })));
    }
}
