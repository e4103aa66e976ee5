//! Every route of the gateway occurs in the suite.

use super::Finding;
use super::rust_text::in_word;
use crate::checkout::File;

const GATEWAY: &str = "crates/gateway/src/";
const SUITE: &str = "crates/server/tests/suite/";

/// A route whose path no test calls.
pub(crate) fn untested(files: &[File]) -> Vec<(usize, Finding)> {
    let suite: Vec<&str> =
        files.iter().filter(|file| file.path.starts_with(SUITE)).map(|file| &*file.text).collect();
    let mut found = Vec::new();
    for (index, file) in files.iter().enumerate() {
        if !file.path.starts_with(GATEWAY) || !file.path.ends_with("/mod.rs") {
            continue;
        }
        for path in routes(&file.text) {
            if !suite.iter().any(|test| calls(test, &path)) {
                let line = file.text.lines().position(|line| line.contains(&path)).unwrap_or(0);
                found.push((index, Finding::new(line + 1, format!("no test calls {path}"))));
            }
        }
    }
    found
}

/// The paths of a route table, wherever the formatter has put them.
fn routes(text: &str) -> Vec<String> {
    let dense: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut paths = Vec::new();
    for method in [".get(\"/", ".post(\"/", ".any(\"/"] {
        let found = dense.split(method).skip(1).filter_map(|rest| rest.split('"').next());
        paths.extend(found.map(|path| format!("/{path}")));
    }
    paths.sort();
    paths.dedup();
    paths
}

/// Whether a test names the path itself, and not only a longer one. What a template leaves open
/// may be anything.
fn calls(test: &str, path: &str) -> bool {
    let fixed = path.split('{').next().unwrap_or(path);
    test.match_indices(fixed).any(|(at, _)| {
        let after = test[at + fixed.len()..].chars().next();
        fixed.len() < path.len() || !after.is_some_and(|letter| in_word(letter) || letter == '/')
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::files;
    use super::*;

    const TABLE: &str = "table\n    .get(\"/cgi-bin/token\", token::handle)\n    .post(\n        \
                         \"/cgi-bin/tags/create\",\n        create::handle,\n    )";

    fn untested_with(suite: &str) -> Vec<String> {
        let tree = files(&[
            ("crates/gateway/src/followers/mod.rs", TABLE),
            ("crates/server/tests/suite/gateway/token.rs", suite),
        ]);
        untested(&tree).into_iter().map(|(_, finding)| finding.problem).collect()
    }

    #[test]
    fn a_route_without_a_test_is_found() {
        let suite = "app.get(\"/cgi-bin/token?grant_type=client_credential\")";
        assert_eq!(untested_with(suite), ["no test calls /cgi-bin/tags/create"]);
    }

    #[test]
    fn a_longer_path_is_another_route() {
        assert_eq!(untested_with("\"/cgi-bin/tokens\" \"/cgi-bin/token/x\"").len(), 2);
    }

    #[test]
    fn a_template_is_met_by_any_value() {
        assert!(calls("app.get(\"/v3/pay/42\")", "/v3/pay/{id}"));
    }
}
