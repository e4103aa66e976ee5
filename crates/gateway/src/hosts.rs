//! The vendor's hosts and paths, and how they are told from ours.

use wire::endpoints::{self, AtPath, HostGroup};

/// Hosts that serve the endpoints of official accounts (spec core 0.1).
const API_HOSTS: [&str; 10] = [
    "api.weixin.qq.com",
    "api2.weixin.qq.com",
    "sh.api.weixin.qq.com",
    "sz.api.weixin.qq.com",
    "hk.api.weixin.qq.com",
    "mp.weixin.qq.com",
    "open.weixin.qq.com",
    "file.api.weixin.qq.com",
    "res.wx.qq.com",
    "res2.wx.qq.com",
];
const MCH_HOSTS: [&str; 2] = ["api.mch.weixin.qq.com", "api2.mch.weixin.qq.com"];
const QYAPI_HOSTS: [&str; 1] = ["qyapi.weixin.qq.com"];

/// First parts of the vendor's paths. Those of the enterprise side overlap with the others, so on
/// a host of ours they stand under `/qyapi`.
const FIRST_PARTS: [&str; 32] = [
    "bizwifi",
    "card",
    "cgi-bin",
    "channels",
    "connect",
    "customservice",
    "cv",
    "datacube",
    "device",
    "marketing",
    "merchant",
    "mmpaymkttransfers",
    "mmpaysptrans",
    "mp",
    "papay",
    "pay",
    "payitil",
    "publisher",
    "qyapi",
    "redpacketcover",
    "risk",
    "sandboxnew",
    "secapi",
    "semantic",
    "shakearound",
    "sns",
    "tcb",
    "tools",
    "v3",
    "wxa",
    "wxaapi",
    "wxaopen",
];
const QYAPI_PREFIX: &str = "/qyapi";

/// Whether a `Host`, with or without a port, is one of the vendor's: it sees vendor paths only.
pub fn is_vendor_host(host: &str) -> bool {
    group(host).is_some()
}

/// Whether a path, on a host of ours, belongs to the vendor's API.
pub fn is_vendor_path(path: &str) -> bool {
    let first = path.strip_prefix('/').and_then(|rest| rest.split('/').next());
    first.is_some_and(|first| FIRST_PARTS.binary_search(&first).is_ok())
}

/// The endpoints that a request means: by its host if that is the vendor's, else by its path.
pub(crate) fn find(host: Option<&str>, path: &str) -> Option<AtPath> {
    if let Some(group) = host.and_then(group) {
        return endpoints::find(group, path);
    }
    match path.strip_prefix(QYAPI_PREFIX) {
        Some(path) if path.starts_with('/') => endpoints::find(HostGroup::Qyapi, path),
        _ => {
            endpoints::find(HostGroup::Api, path).or_else(|| endpoints::find(HostGroup::Mch, path))
        }
    }
}

fn group(host: &str) -> Option<HostGroup> {
    let name = host.split(':').next().unwrap_or(host);
    let is_in = |hosts: &[&str]| hosts.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_in(&API_HOSTS) {
        Some(HostGroup::Api)
    } else if is_in(&MCH_HOSTS) {
        Some(HostGroup::Mch)
    } else if is_in(&QYAPI_HOSTS) {
        Some(HostGroup::Qyapi)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(host: &str, path: &str) -> Option<HostGroup> {
        find(Some(host), path).map(|at| at.first().host)
    }

    #[test]
    fn every_path_of_the_table_is_known_on_a_host_of_ours() {
        for endpoint in endpoints::all() {
            let path = match endpoint.host {
                HostGroup::Qyapi => format!("{QYAPI_PREFIX}{}", endpoint.path),
                HostGroup::Api | HostGroup::Mch => endpoint.path.to_owned(),
            };
            assert!(is_vendor_path(&path), "{path}");
            assert!(find(Some("127.0.0.1:8080"), &path).is_some(), "{path}");
        }
        assert!(FIRST_PARTS.is_sorted());
        for first in FIRST_PARTS.into_iter().filter(|first| *first != "qyapi") {
            let path = format!("/{first}/");
            assert!(endpoints::all().iter().any(|row| row.path.starts_with(&path)), "{first}");
        }
    }

    #[test]
    fn a_vendor_host_decides_and_any_other_leaves_it_to_the_path() {
        assert_eq!(found("API.weixin.qq.com:443", "/cgi-bin/token"), Some(HostGroup::Api));
        assert_eq!(found("qyapi.weixin.qq.com", "/cgi-bin/media/get"), Some(HostGroup::Qyapi));
        assert_eq!(found("api.mch.weixin.qq.com", "/cgi-bin/token"), None);
        assert_eq!(found("localhost", "/qyapi/cgi-bin/media/get"), Some(HostGroup::Qyapi));
        assert_eq!(found("localhost", "/pay/unifiedorder"), Some(HostGroup::Mch));
        assert_eq!(found("localhost", "/qyapicgi-bin/media/get"), None);
    }

    #[test]
    fn our_own_paths_are_not_the_vendors() {
        for path in ["/", "/chats", "/media/abc", "/api/client/v1", "/sandbox", "cgi-bin/token"] {
            assert!(!is_vendor_path(path), "{path}");
        }
        assert!(!is_vendor_host("weixin.qq.com.example"));
    }
}
