//! Every notation of an address, read as a URL and judged.

use proptest::prelude::*;

use super::*;
use crate::target::{Place, Target};

/// Hosts that a guarded client must not reach.
const BLOCKED: &[&str] = &[
    // Loopback, in each notation that some library understands.
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "0177.0.0.1",
    "0177.0.0.0x1",
    "00000177.1",
    "127.0.0.01",
    "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1",
    "１２７.０.０.１",
    "127。0。0。1",
    "127．0｡0．1",
    "①②⑦.⓪.⓪.①",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000::0001]",
    // The machine itself, under another name.
    "0.0.0.0",
    "0",
    "0.1.2.3",
    "[::]",
    // Private.
    "10.0.0.1",
    "10.255.255.255",
    "167772161",
    "012.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.257",
    "0xc0a80001",
    "[fc00::1]",
    "[fd12:3456:789a::1]",
    "[fec0::1]",
    // Link-local and metadata.
    "169.254.0.1",
    "169.254.169.254",
    "169.254.0.23",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "[fe80::1]",
    "[febf::1]",
    "[fd00:ec2::254]",
    "[fd20:ce::254]",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    // Shared, documentation, benchmarks, reserved, multicast, broadcast.
    "100.64.0.1",
    "100.127.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "4294967295",
    "[ff02::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[2001:2::1]",
    "[2001:10::1]",
    "[100::1]",
    "[5f00::1]",
    "[4000::1]",
    // An IPv4 address inside an IPv6 one.
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:10.0.0.1]",
    "[0:0:0:0:0:ffff:192.168.0.1]",
    "[::ffff:169.254.169.254]",
    "[::127.0.0.1]",
    "[::10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]",
    "[64:ff9b:1::8.8.8.8]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2002:a9fe:a9fe::1]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[2a00:1450:4001::5efe:10.0.0.1]",
    "[2a00:1450:4001:0:200:5efe:127.0.0.1]",
];

/// Hosts on the public internet, most of them next to a forbidden network.
const ALLOWED: &[&str] = &[
    "1.1.1.1",
    "8.8.8.8",
    "134744072",
    "0x08080808",
    "010.010.010.010",
    "8.8.2056",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "168.63.129.15",
    "169.253.255.255",
    "169.255.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.0.3.1",
    "192.167.255.255",
    "192.169.0.1",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "[2001:4860:4860::8888]",
    "[2606:4700:4700::1111]",
    "[240e::1]",
    "[2001:200::1]",
    "[3ffe::1]",
    "[::ffff:8.8.8.8]",
    "[64:ff9b::8.8.8.8]",
    "[2a00:1450:4001::5efe:8.8.8.8]",
];

fn address(host: &str) -> IpAddr {
    match Target::parse(&format!("http://{host}/wx")).expect(host).origin.host {
        Place::Address(address) => address,
        Place::Name(name) => panic!("{host} is read as the name {name}"),
    }
}

fn networks(list: &[&str]) -> Vec<IpNet> {
    list.iter().map(|network| network.parse().unwrap()).collect()
}

#[test]
fn what_is_not_public_is_blocked_in_every_notation() {
    let policy = Policy::guarded(vec![]);
    for host in BLOCKED {
        assert!(!policy.allows(address(host)), "{host} is allowed");
    }
}

#[test]
fn what_is_public_is_allowed_in_every_notation() {
    let policy = Policy::guarded(vec![]);
    for host in ALLOWED {
        assert!(policy.allows(address(host)), "{host} is blocked");
    }
}

#[test]
fn the_open_policy_allows_everything() {
    for host in BLOCKED.iter().chain(ALLOWED) {
        assert!(Policy::open().allows(address(host)), "{host} is blocked");
    }
}

#[test]
fn a_listed_network_is_allowed_and_its_neighbours_are_not() {
    let policy = Policy::guarded(networks(&["10.1.0.0/16", "fd12::/16"]));
    for host in ["10.1.0.1", "[::ffff:10.1.2.3]", "[64:ff9b::10.1.2.3]", "[fd12::1]"] {
        assert!(policy.allows(address(host)), "{host} is blocked");
    }
    for host in ["10.2.0.1", "[::ffff:10.2.0.1]", "[fd13::1]", "[2002:a01:1::1]", "127.0.0.1"] {
        assert!(!policy.allows(address(host)), "{host} is allowed");
    }
}

#[test]
fn a_host_that_is_no_address_in_disguise_is_a_name_or_refused() {
    for host in ["1.2.3.4.5", "256.256.256.256", "0x100000000", "127.0.0.1.1", "[::1%25eth0]", "[]"]
    {
        let parsed = Target::parse(&format!("http://{host}/"));
        assert!(parsed.is_err(), "{host} is read as {parsed:?}");
    }
}

proptest! {
    /// However an IPv4 address is wrapped, the wrapper is never allowed where it is not.
    #[test]
    fn no_wrapper_reaches_further_than_its_address(v4: [u8; 4]) {
        let [a, b, c, d] = v4;
        let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        let policy = Policy::guarded(vec![]);
        let plain = policy.allows(Ipv4Addr::from_octets(v4).into());
        for wrapped in [
            [0, 0, 0, 0, 0, 0xffff, high, low],
            [0, 0, 0, 0, 0, 0, high, low],
            [0x64, 0xff9b, 0, 0, 0, 0, high, low],
            [0x2002, high, low, 0, 0, 0, 0, 1],
            [0x2001, 0, high, low, 0, 0, 0, 0],
            [0x2001, 0, 1, 1, 0, 0, !high, !low],
            [0x2a00, 1, 0, 0, 0, 0x5efe, high, low],
        ] {
            let wrapped = Ipv6Addr::from_segments(wrapped);
            prop_assert!(plain || !policy.allows(wrapped.into()), "{wrapped}");
        }
    }

    #[test]
    fn any_text_is_a_target_or_refused(text: String, host in "[0-9a-fx.%\\[\\]:@]{0,24}") {
        drop(Target::parse(&text));
        drop(Target::parse(&format!("http://{host}/")));
    }
}
