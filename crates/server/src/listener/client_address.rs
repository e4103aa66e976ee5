//! Who is calling: the peer, or what a trusted proxy says of it.

use std::net::IpAddr;

use hyper::HeaderMap;
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the caller. `X-Forwarded-For` counts only when a trusted proxy sent it: read
/// from the right, the first address that is no trusted proxy is the caller's.
pub(super) fn find(peer: IpAddr, headers: &HeaderMap, trusted_proxies: &[IpNet]) -> IpAddr {
    let trusted = |address: &IpAddr| trusted_proxies.iter().any(|net| net.contains(address));
    if !trusted(&peer) {
        return peer;
    }
    let mut caller = peer;
    for hop in hops(headers) {
        // What follows was written by whoever sent this: nobody we know.
        let Some(address) = hop else { return caller };
        caller = address;
        if !trusted(&address) {
            return caller;
        }
    }
    caller
}

/// The addresses of the header, the last one first; `None` for what is no address.
fn hops(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all(FORWARDED_FOR).iter();
    let lines: Vec<&str> = lines.map(|line| line.to_str().unwrap_or("?")).collect();
    lines
        .into_iter()
        .rev()
        .flat_map(|line| line.rsplit(','))
        .map(|hop| hop.trim().parse().ok().map(|address: IpAddr| address.to_canonical()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let proxies = ["10.0.0.0/8", "::1/128"].map(|net| net.parse().unwrap());
        find(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn a_stranger_cannot_speak_for_another() {
        assert_eq!(found("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
        assert_eq!(found("10.0.0.1", &["1.1.1.1, 203.0.113.7"]), "203.0.113.7");
    }

    #[test]
    fn trusted_proxies_are_skipped_from_the_right() {
        assert_eq!(found("10.0.0.1", &["203.0.113.7, 10.0.0.2"]), "203.0.113.7");
        assert_eq!(found("::1", &["203.0.113.7", "10.0.0.2"]), "203.0.113.7");
        assert_eq!(found("10.0.0.1", &["::ffff:203.0.113.7"]), "203.0.113.7");
    }

    #[test]
    fn without_a_usable_header_the_nearest_known_hop_counts() {
        assert_eq!(found("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(found("10.0.0.1", &["unknown"]), "10.0.0.1");
        assert_eq!(found("10.0.0.1", &["203.0.113.7, _hidden, 10.0.0.3"]), "10.0.0.3");
    }
}
