//! One call, from its URL to the last byte of the answer.

use std::sync::Arc;
use std::time::Instant;

use hyper::body::Incoming;

use crate::connect::{Connector, within};
use crate::message::{Outgoing, Request, Response, compose, read_body};
use crate::pool::{Connection, Pool};
use crate::resolve::{Resolve, SystemResolver};
use crate::target::{Origin, Target};
use crate::tls::Tls;
use crate::{Error, Policy};

/// The guarded client. A clone shares the connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) connector: Arc<Connector>,
    pool: Pool,
}

impl Client {
    /// Makes a client that asks the machine's own name servers.
    pub fn new(policy: Policy) -> Self {
        Self::with_resolver(policy, Arc::new(SystemResolver::default()))
    }

    /// Makes a client that finds addresses elsewhere; the policy judges them all the same.
    pub fn with_resolver(policy: Policy, resolver: Arc<dyn Resolve>) -> Self {
        Self::from_connector(Connector { policy, resolver, tls: Tls::default() })
    }

    pub(crate) fn from_connector(connector: Connector) -> Self {
        Self { connector: Arc::new(connector), pool: Pool::default() }
    }

    /// Sends a request once and reads the whole answer.
    ///
    /// Dropping the future ends the call and closes its connection.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let started = Instant::now();
        let by = started + request.timeout;
        let max_body = request.max_body;
        let target = Target::parse(&request.url)?;
        let message = compose(&target, request)?;
        let (connection, answer) = self.exchange(&target.origin, message, by).await?;
        let status = answer.status().as_u16();
        let body = within(by, Error::Timeout, read_body(answer.into_body(), max_body)).await?;
        self.pool.keep(target.origin, connection);
        Ok(Response { status, body, elapsed: started.elapsed() })
    }

    /// Sends over a waiting connection, or over a new one.
    // No second sending once a byte is written: the caller counts its attempts, and a server
    // that closed without an answer may still have acted.
    async fn exchange(
        &self,
        origin: &Origin,
        mut message: Outgoing,
        by: Instant,
    ) -> Result<(Connection, http::Response<Incoming>), Error> {
        loop {
            let mut connection = match self.pool.take(origin) {
                Some(connection) => connection,
                None => self.connector.open(origin, by).await?,
            };
            let sent = connection.sender.try_send_request(message);
            match tokio::time::timeout_at(by.into(), sent).await {
                Err(_) => return Err(Error::Timeout),
                Ok(Ok(answer)) => return Ok((connection, answer)),
                Ok(Err(mut failure)) => match failure.take_message() {
                    // The connection was closed while it waited: nothing was written to it.
                    Some(unsent) => message = unsent,
                    None => return Err(Error::exchanging(&failure.into_error())),
                },
            }
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("policy", &self.connector.policy).finish_non_exhaustive()
    }
}
