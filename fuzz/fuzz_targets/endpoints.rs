//! Any path: what is found agrees with it segment by segment.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::endpoints::{HostGroup, find};

fuzz_target!(|path: &str| {
    for host in [HostGroup::Api, HostGroup::Mch, HostGroup::Qyapi] {
        let Some(found) = find(host, path) else { continue };
        let row = found.first();
        assert_eq!(row.host, host);
        let mut given = path.split('/');
        for segment in row.path.split('/') {
            let given = given.next().expect("as many segments");
            assert!(segment == given || segment.starts_with('{') && !given.is_empty());
        }
        assert_eq!(given.next(), None);
    }
});
