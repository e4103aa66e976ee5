//! What can go wrong on the way out, named for what happened.

use std::io;
use std::net::IpAddr;

/// Why a request brought no complete answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The URL cannot be requested; the text says why.
    #[error("bad url: {0}")]
    BadUrl(String),
    /// A header of this name cannot be sent, or its value holds forbidden bytes.
    #[error("bad header {0}")]
    BadHeader(&'static str),
    /// The host is, or resolves to, an address that the policy forbids.
    #[error("{host} is at {address}, where calls are not allowed")]
    Blocked {
        /// The host of the URL, normalised.
        host: String,
        /// The first forbidden address.
        address: IpAddr,
    },
    /// The host's name has no address; the text says why.
    #[error("no address for the host: {0}")]
    Dns(String),
    /// The time ran out while the name was being resolved.
    #[error("timed out while resolving the host")]
    DnsTimeout,
    /// The time ran out before a connection (TLS included) was made.
    #[error("timed out while connecting")]
    ConnectTimeout,
    /// The machine answers, but nothing listens at that port.
    #[error("connection refused")]
    Refused,
    /// No way leads to the machine.
    #[error("host unreachable")]
    Unreachable,
    /// The connection could not be made for a reason of this machine (such as too many files).
    #[error("could not connect: {0}")]
    Connect(String),
    /// The server closed the connection before its answer was complete.
    #[error("connection closed before the answer was complete")]
    Reset,
    /// The time ran out before the last byte of the answer.
    #[error("timed out while waiting for the answer")]
    Timeout,
    /// The answer's body is longer than the request allows.
    #[error("answer longer than allowed")]
    BodyTooLarge,
    /// No secure connection: certificate, name or handshake.
    #[error("tls: {0}")]
    Tls(String),
    /// The answer is not HTTP/1.
    #[error("not an http answer: {0}")]
    Protocol(String),
}

impl Error {
    /// Names what an attempt to connect met.
    pub(crate) fn connecting(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => Self::Reset,
            io::ErrorKind::TimedOut => Self::ConnectTimeout,
            io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::AddrNotAvailable => Self::Unreachable,
            _ => Self::Connect(error.to_string()),
        }
    }

    /// Names what a TLS handshake met.
    pub(crate) fn securing(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof => Self::Reset,
            _ => Self::Tls(error.to_string()),
        }
    }

    /// Names what an exchange over an open connection met.
    pub(crate) fn exchanging(error: &hyper::Error) -> Self {
        if error.is_parse() {
            return Self::Protocol(error.to_string());
        }
        let cause = std::error::Error::source(error);
        let cause = cause.and_then(|cause| cause.downcast_ref::<io::Error>());
        // Without a cause the connection ended early: half-closed, or closed while idle.
        cause.map_or(Self::Reset, Self::reading)
    }

    fn reading(cause: &io::Error) -> Self {
        if let Some(inner) = cause.get_ref()
            && inner.is::<rustls::Error>()
        {
            return Self::Tls(cause.to_string());
        }
        match cause.kind() {
            // The framing of the body: a chunk whose size is no number, and the like.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Self::Protocol(cause.to_string())
            }
            _ => Self::Reset,
        }
    }
}
