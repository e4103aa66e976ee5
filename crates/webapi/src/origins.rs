//! Which web pages may drive us: those that we served ourselves.
//!
//! A page of another site can make a browser send requests here, and by pointing its own name at
//! this machine (DNS rebinding) even read the answers. Against the first we look at `Origin`,
//! against the second at `Host`: a plain address or a loopback name cannot be rebound.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderName};

/// The names that are ours.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    /// `https://tea.example`, from the public address.
    public: String,
    /// `host` or `host:port`, in lower case.
    hosts: Vec<String>,
}

impl Origins {
    /// The names of a public address, and further ones.
    pub(crate) fn new(public_url: &str, further: &[String]) -> Self {
        let (scheme, rest) = public_url.split_once("://").unwrap_or(("http", public_url));
        let authority = rest.split('/').next().unwrap_or(rest).to_ascii_lowercase();
        let public = format!("{scheme}://{authority}");
        let further = further.iter().map(|host| host.to_ascii_lowercase());
        Self { public, hosts: std::iter::once(authority).chain(further).collect() }
    }

    /// Whether `Host` is a name under which we are meant to be reached.
    pub(crate) fn knows_host(&self, headers: &HeaderMap) -> bool {
        text(headers, &HOST).is_some_and(|host| self.is_known(&host.to_ascii_lowercase()))
    }

    /// Whether the request comes from a page of ours or from no page at all.
    pub(crate) fn admits(&self, headers: &HeaderMap) -> bool {
        if !headers.contains_key(ORIGIN) {
            return true;
        }
        let Some(origin) = text(headers, &ORIGIN).map(str::to_ascii_lowercase) else {
            return false;
        };
        origin == self.public || self.is_same_origin(&origin, headers)
    }

    fn is_same_origin(&self, origin: &str, headers: &HeaderMap) -> bool {
        let Some(host) = text(headers, &HOST).map(str::to_ascii_lowercase) else { return false };
        let authority = origin.strip_prefix("http://").or(origin.strip_prefix("https://"));
        authority == Some(host.as_str()) && self.is_known(&host)
    }

    fn is_known(&self, host: &str) -> bool {
        let name = without_port(host);
        name == "localhost"
            || name.parse::<IpAddr>().is_ok()
            || self.hosts.iter().any(|known| known == host)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The host of `host:port`, without the brackets of an IPv6 address.
fn without_port(authority: &str) -> &str {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split(']').next().unwrap_or(rest);
    }
    authority.split(':').next().unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins() -> Origins {
        Origins::new("https://Tea.example/", &["teahouse.lan:8080".to_owned()])
    }

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().expect("a literal"));
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().expect("a literal"));
        }
        headers
    }

    #[test]
    fn addresses_loopback_and_configured_names_are_known() {
        let hosts = ["127.0.0.1:8080", "[::1]:8080", "localhost", "tea.example", "192.168.1.5:80"];
        for host in hosts.into_iter().chain(["teahouse.lan:8080"]) {
            assert!(origins().knows_host(&headers(host, None)), "{host}");
        }
        for host in ["evil.example", "teahouse.lan", "localhost.evil.example", "tea.example:1"] {
            assert!(!origins().knows_host(&headers(host, None)), "{host}");
        }
    }

    #[test]
    fn only_our_own_pages_are_admitted() {
        let admits = |host, origin| origins().admits(&headers(host, origin));
        assert!(admits("127.0.0.1:8080", None));
        assert!(admits("127.0.0.1:8080", Some("http://127.0.0.1:8080")));
        assert!(admits("10.0.0.7:80", Some("https://tea.example")));
        assert!(!admits("127.0.0.1:8080", Some("http://127.0.0.1:9000")));
        assert!(!admits("127.0.0.1:8080", Some("http://evil.example")));
        assert!(!admits("evil.example", Some("http://evil.example")));
        assert!(!admits("127.0.0.1:8080", Some("null")));
    }
}
