//! A URL, taken apart once; nothing later reads the text again.

use std::net::IpAddr;

use http::Uri;
use url::{Host, Url};

use crate::Error;

/// Longest URL, in bytes; servers commonly refuse request lines over 8 KiB.
const MAX_URL_BYTES: usize = 8192;

/// Where a request goes.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) origin: Origin,
    /// Path and query, as the request line carries them.
    pub(crate) path: Uri,
    /// Value of the `Host` header.
    pub(crate) authority: String,
}

/// What a connection is good for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    pub(crate) secure: bool,
    pub(crate) host: Place,
    pub(crate) port: u16,
}

/// A host as the URL standard understands it: every notation of an address is an address here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Name(String),
    Address(IpAddr),
}

impl Target {
    /// Reads a URL by the WHATWG rules, which turn `0x7f.1` and `127。0。0。1` into `127.0.0.1`.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_URL_BYTES {
            return Err(bad("longer than 8192 bytes"));
        }
        let url = Url::parse(text).map_err(|error| Error::BadUrl(error.to_string()))?;
        let secure = match url.scheme() {
            "http" => false,
            "https" => true,
            _ => return Err(bad("neither http nor https")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("user or password in it"));
        }
        let host = match url.host().ok_or_else(|| bad("no host"))? {
            Host::Domain(name) => Place::Name(name.to_owned()),
            Host::Ipv4(address) => Place::Address(IpAddr::V4(address)),
            Host::Ipv6(address) => Place::Address(IpAddr::V6(address)),
        };
        let port = url.port_or_known_default().filter(|port| *port != 0);
        let port = port.ok_or_else(|| bad("port 0"))?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let path = path.parse().map_err(|error| Error::BadUrl(format!("path: {error}")))?;
        let authority = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        Ok(Self { origin: Origin { secure, host, port }, path, authority })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(address) => address.fmt(f),
        }
    }
}

fn bad(reason: &str) -> Error {
    Error::BadUrl(reason.to_owned())
}
