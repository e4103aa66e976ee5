//! The vendor-compatible API, one file for each endpoint.
//!
//! Every call takes the same way (`dispatch`): its path is looked up, the checks of `gate` are made
//! in their one order, the endpoint's `handle` runs, and the answer gets its form, its request id
//! and its record. An endpoint says only what it reads and what it answers.

mod accounts;
mod body;
mod call;
mod callbacks;
mod calls;
mod dispatch;
mod error;
mod gate;
mod hosts;
mod media;
mod messaging;
mod multipart;
mod query;
mod reply;
mod surface;
mod table;

pub use call::ClientAddr;
pub use hosts::{is_vendor_host, is_vendor_path};

use std::sync::Arc;

use axum::Router;
use platform::Platform;
use wire::endpoints::HostGroup;

use dispatch::Gateway;
use table::Table;

/// Answers for every path of the vendor's hosts; a path that is none of them is `40066`.
///
/// The server tells who is calling by [`ClientAddr`] among the request's extensions.
pub fn routes(platform: Platform) -> Router {
    let gateway = Arc::new(Gateway::new(platform, table()));
    Router::new().fallback(dispatch::answer).with_state(gateway)
}

/// What is built: host group, methods as the endpoint table writes them, and path; sorted.
pub fn catalogue() -> Vec<(HostGroup, &'static str, &'static str)> {
    table().catalogue()
}

fn table() -> Table {
    accounts::routes()
        .merge(callbacks::routes())
        .merge(calls::routes())
        .merge(media::routes())
        .merge(messaging::routes())
}

#[cfg(test)]
mod tests {
    use wire::endpoints::{Status, all};

    #[test]
    fn what_is_routed_is_what_the_table_calls_done() {
        let mut done: Vec<_> = all()
            .iter()
            .filter(|endpoint| endpoint.status == Status::Done)
            .map(|endpoint| (endpoint.host, endpoint.methods.as_str(), endpoint.path))
            .collect();
        done.sort_unstable();
        assert_eq!(super::catalogue(), done);
    }
}
