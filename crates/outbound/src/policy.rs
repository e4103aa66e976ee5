//! Where calls may go.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

#[cfg(test)]
mod tests;

/// Decides about addresses, never about names.
#[derive(Debug, Clone)]
pub struct Policy {
    /// `None`: everything is allowed.
    allow_networks: Option<Vec<IpNet>>,
}

impl Policy {
    /// Allows every address, as a developer's own machine needs it.
    pub fn open() -> Self {
        Self { allow_networks: None }
    }

    /// Allows the public internet and `allow_networks`, nothing else.
    ///
    /// An IPv4 address inside an IPv6 one (mapped, NAT64) is judged as that IPv4 address.
    pub fn guarded(allow_networks: Vec<IpNet>) -> Self {
        Self { allow_networks: Some(allow_networks) }
    }

    /// Whether a connection to `address` may be opened.
    pub fn allows(&self, address: IpAddr) -> bool {
        let Some(networks) = &self.allow_networks else { return true };
        let meant = unwrapped(address);
        let listed = |address| networks.iter().any(|network| network.contains(&address));
        is_public(meant) || listed(address) || listed(meant)
    }
}

/// The address that packets to `address` arrive at in the end.
fn unwrapped(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if NAT64.contains(&v6) => IpAddr::V4(last_four_bytes(v6)),
        canonical => canonical,
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !NOT_PUBLIC_V4.iter().any(|network| network.contains(&v4)),
        IpAddr::V6(v6) => {
            GLOBAL_UNICAST.contains(&v6)
                && !NOT_PUBLIC_V6.iter().any(|network| network.contains(&v6))
                && isatap(v6).is_none_or(|v4| is_public(IpAddr::V4(v4)))
        }
    }
}

/// The IPv4 address that an ISATAP interface identifier carries (RFC 5214, 6.1).
fn isatap(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = v6.segments();
    // The bit 0x0200 says only whether the IPv4 address is globally unique.
    let marked = segments[4] & !0x0200 == 0 && segments[5] == 0x5efe;
    marked.then(|| last_four_bytes(v6))
}

fn last_four_bytes(v6: Ipv6Addr) -> Ipv4Addr {
    let [.., a, b, c, d] = v6.octets();
    Ipv4Addr::new(a, b, c, d)
}

/// The well-known prefix of translators to IPv4 (RFC 6052).
const NAT64: Ipv6Net = v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96);

/// Outside of it IANA has given out no address of the public internet.
const GLOBAL_UNICAST: Ipv6Net = v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// IANA's special-purpose registry for IPv4, and the one metadata server at a public address.
const NOT_PUBLIC_V4: [Ipv4Net; 17] = [
    v4([0, 0, 0, 0], 8),          // "this network"; reaches the own machine on Linux
    v4([10, 0, 0, 0], 8),         // private
    v4([100, 64, 0, 0], 10),      // carrier-grade NAT; metadata of Alibaba Cloud
    v4([127, 0, 0, 0], 8),        // loopback
    v4([168, 63, 129, 16], 32),   // metadata of Azure
    v4([169, 254, 0, 0], 16),     // link-local; metadata of most clouds
    v4([172, 16, 0, 0], 12),      // private
    v4([192, 0, 0, 0], 24),       // protocol assignments; metadata of Oracle Cloud
    v4([192, 0, 2, 0], 24),       // documentation
    v4([192, 88, 99, 0], 24),     // 6to4 relays
    v4([192, 168, 0, 0], 16),     // private
    v4([198, 18, 0, 0], 15),      // benchmarks
    v4([198, 51, 100, 0], 24),    // documentation
    v4([203, 0, 113, 0], 24),     // documentation
    v4([224, 0, 0, 0], 4),        // multicast
    v4([240, 0, 0, 0], 4),        // reserved
    v4([255, 255, 255, 255], 32), // broadcast
];

/// What IANA's registry takes out of [`GLOBAL_UNICAST`].
const NOT_PUBLIC_V6: [Ipv6Net; 4] = [
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // protocol assignments: Teredo, benchmarks, ORCHID
    v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), // 6to4: retired, and wraps any IPv4 address
    v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation
];

const fn v4(octets: [u8; 4], prefix_len: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::from_octets(octets), prefix_len)
}

const fn v6(segments: [u16; 8], prefix_len: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_segments(segments), prefix_len)
}
