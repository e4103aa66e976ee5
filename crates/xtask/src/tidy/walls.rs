//! The walls between crates, where the compiler sees too little: what a crate may name.

use super::rust_text::{self, lines_with};
use super::{Finding, has_extension, is_test};

const PLATFORM: &str = "crates/platform/";
const WIRE: &str = "crates/wire/";

/// HTTP in the domain, which every surface calls.
pub(crate) fn platform_names_http(path: &str, text: &str) -> Vec<Finding> {
    let names = [
        "axum",
        "hyper",
        "tower",
        "http::",
        "StatusCode",
        "HeaderMap",
        "IntoResponse",
        "HttpRequest",
        "HttpResponse",
    ];
    let mut findings = named(PLATFORM, path, text, &names, "the domain knows no HTTP");
    if !is_edge(path) {
        let names = ["Request", "Response"];
        findings.extend(named(PLATFORM, path, text, &names, "requests are for the edge"));
    }
    findings
}

/// Waiting in the domain, outside its edges.
pub(crate) fn platform_waits(path: &str, text: &str) -> Vec<Finding> {
    if is_edge(path) || path == "crates/platform/src/lib.rs" {
        return Vec::new();
    }
    named(PLATFORM, path, text, &["async"], "only jobs.rs and edge.rs may wait")
}

/// A runtime, a clock or a file in the protocol.
pub(crate) fn wire_names_runtime(path: &str, text: &str) -> Vec<Finding> {
    let names = [
        "tokio",
        "async",
        "SystemTime",
        "Instant",
        "std::fs",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "ToSocketAddrs",
        "std::env",
        "std::process",
        "std::thread",
        "getrandom",
        "rand::",
    ];
    named(WIRE, path, text, &names, "the protocol is pure")
}

/// The same in the manifests, where it would begin.
pub(crate) fn dependencies(path: &str, text: &str) -> Vec<Finding> {
    let refused: &[&str] = match path {
        "crates/platform/Cargo.toml" => {
            &["axum", "hyper", "http", "tower", "tower-http", "reqwest"]
        }
        "crates/wire/Cargo.toml" => &["tokio", "getrandom", "rand", "db", "platform", "reqwest"],
        _ => return Vec::new(),
    };
    let mut section = "";
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            section = line;
        }
        let name = line.split([' ', '=', '.']).next().unwrap_or_default();
        if section == "[dependencies]" && refused.contains(&name) {
            findings.push(Finding::new(index + 1, format!("{name} is behind another wall")));
        }
    }
    findings
}

/// The files of a room that touch files or the network between two transactions.
fn is_edge(path: &str) -> bool {
    path.split('/').any(|part| ["jobs.rs", "edge.rs", "jobs", "edge"].contains(&part))
}

fn named(wall: &str, path: &str, text: &str, names: &[&str], problem: &str) -> Vec<Finding> {
    if !path.starts_with(wall) || !has_extension(path, &["rs"]) || is_test(path) {
        return Vec::new();
    }
    let code = rust_text::read(rust_text::without_tests(text)).code;
    let found = names.iter().flat_map(|name| {
        let lines = lines_with(&code, name).into_iter();
        lines.map(move |line| Finding::new(line, format!("{problem}: `{name}`")))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_in_the_domain_is_found() {
        let text = "use axum::Json;\nfn f() -> http::StatusCode {}\nstruct Request;\n";
        let findings = platform_names_http("crates/platform/src/followers/tags.rs", text);
        let mut lines: Vec<usize> = findings.iter().map(|finding| finding.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [1, 2, 2, 3]);
        assert_eq!(platform_names_http("crates/gateway/src/followers/mod.rs", text), []);
    }

    #[test]
    fn the_edge_may_send_requests() {
        let text = "use outbound::{Request, Response};\n";
        assert_eq!(platform_names_http("crates/platform/src/callbacks/edge.rs", text), []);
    }

    #[test]
    fn the_domain_waits_only_at_its_edges() {
        let text = "pub async fn f() {}\n";
        assert_eq!(platform_waits("crates/platform/src/media/upload.rs", text).len(), 1);
        for path in ["media/edge.rs", "callbacks/jobs.rs", "callbacks/jobs/push.rs", "lib.rs"] {
            assert_eq!(platform_waits(&format!("{PLATFORM}src/{path}"), text), [], "{path}");
        }
    }

    #[test]
    fn a_runtime_in_the_protocol_is_found_and_its_tests_are_free() {
        let text = "use std::time::SystemTime;\n#[cfg(test)]\nmod tests {\n  use std::fs;\n}\n";
        assert_eq!(wire_names_runtime("crates/wire/src/ids.rs", text).len(), 1);
        assert_eq!(wire_names_runtime("crates/wire/src/ids.rs", "// std::fs\n"), []);
        // An address is a value; a socket is not.
        assert_eq!(wire_names_runtime("crates/wire/src/ids.rs", "use std::net::IpAddr;\n"), []);
        assert_eq!(wire_names_runtime("crates/wire/src/ids.rs", "std::net::UdpSocket\n").len(), 1);
    }

    #[test]
    fn a_manifest_cannot_bring_it_in() {
        let text =
            "[dependencies]\nhttp = { workspace = true }\n[dev-dependencies]\naxum = \"1\"\n";
        let findings = dependencies("crates/platform/Cargo.toml", text);
        assert_eq!(findings, [Finding::new(2, "http is behind another wall")]);
    }
}
