//! Finds the endpoints at a path. Asked for every request, so it allocates nothing.

use std::cmp::Ordering;

use super::{Endpoint, HostGroup, table};

/// More slashes than any path of the table has. A request's path may have thousands, and each would
/// cost a search.
const MAX_SLASHES: usize = 16;

/// The endpoints at one path: one, or several that differ in their methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtPath(&'static [Endpoint]);

impl AtPath {
    /// The endpoint that answers the method, given in capitals.
    pub fn for_method(self, method: &str) -> Option<&'static Endpoint> {
        self.0.iter().find(|endpoint| endpoint.methods.allow(method))
    }

    /// The first endpoint: what a call by a wrong method is counted and judged as.
    pub fn first(self) -> &'static Endpoint {
        &self.0[0]
    }

    /// All of them.
    pub fn endpoints(self) -> &'static [Endpoint] {
        self.0
    }
}

/// Finds the endpoints at a path without host and query. `None`: there is no such path.
///
/// A path that stands in the table as it is wins over one with values in braces.
pub fn find(host: HostGroup, path: &str) -> Option<AtPath> {
    at(host, path).or_else(|| {
        let mut slashes = path.rmatch_indices('/').take(MAX_SLASHES + 1);
        if slashes.clone().count() > MAX_SLASHES {
            return None;
        }
        slashes.find_map(|(slash, _)| with_value_after(host, path, slash + 1))
    })
}

/// The rows with exactly this path.
fn at(host: HostGroup, path: &str) -> Option<AtPath> {
    let start = lower_bound(host, path.as_bytes(), b"");
    let rows = &table::ENDPOINTS[start..];
    let count = rows.iter().take_while(|row| row.host == host && row.path == path).count();
    (count > 0).then(|| AtPath(&rows[..count]))
}

/// The rows that are the same up to `end` and have their first value in braces there.
fn with_value_after(host: HostGroup, path: &str, end: usize) -> Option<AtPath> {
    let prefix = &path[..end];
    let start = lower_bound(host, prefix.as_bytes(), b"{");
    let row = table::ENDPOINTS[start..]
        .iter()
        .take_while(|row| row.host == host && has_value_after(row.path, prefix))
        .find(|row| matches(row.path, path))?;
    at(host, row.path)
}

fn has_value_after(template: &str, prefix: &str) -> bool {
    template.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('{'))
}

fn matches(template: &str, path: &str) -> bool {
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return true,
            (Some(value), Some(segment)) if value.starts_with('{') && !segment.is_empty() => {}
            (Some(fixed), Some(segment)) if fixed == segment => {}
            _ => return false,
        }
    }
}

/// The first row that is not before `host` and the path made of both parts.
fn lower_bound(host: HostGroup, path: &[u8], rest: &[u8]) -> usize {
    table::ENDPOINTS.partition_point(|row| {
        let order = row.host.cmp(&host).then_with(|| compare(row.path.as_bytes(), path, rest));
        order == Ordering::Less
    })
}

fn compare(whole: &[u8], first: &[u8], rest: &[u8]) -> Ordering {
    let (head, tail) = whole.split_at(whole.len().min(first.len()));
    head.cmp(first).then_with(|| tail.cmp(rest))
}
