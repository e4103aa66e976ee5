//! The layer of the environment: `TEAHOUSE_<SECTION>_<KEY>`.

use anyhow::anyhow;

use super::layers::{Layers, nearest, parse_like};

const PREFIX: &str = "TEAHOUSE_";

/// Variables of the same prefix that are no keys.
const OTHERS: [&str; 5] = [
    "TEAHOUSE_LOG",      // what is logged, like RUST_LOG
    "TEAHOUSE_URL",      // where programs beside us find an instance
    "TEAHOUSE_BIN",      // which binary test programs start
    "TEAHOUSE_DATABASE", // on which database they start it
    "TEAHOUSE_WEB_DIST", // what the build embeds
];
/// Variables of our own tests.
const TESTS: &str = "TEAHOUSE_TEST_";

/// Adds what the environment says.
pub(super) fn add(
    layers: &mut Layers,
    variables: impl Iterator<Item = (String, String)>,
) -> anyhow::Result<()> {
    let ours = variables.filter(|(name, _)| {
        name.starts_with(PREFIX) && !name.starts_with(TESTS) && !OTHERS.contains(&name.as_str())
    });
    for (name, text) in ours {
        let found = layers.keys().find(|(section, key)| variable(section, key) == name);
        let Some((section, key)) = found.map(|(s, k)| (s.to_owned(), k.to_owned())) else {
            let known = layers.keys().map(|(section, key)| variable(section, key));
            let nearest = nearest(&name, known);
            return Err(anyhow!("unknown variable {name}; did you mean {nearest}?"));
        };
        let example = layers.find(&section, &key).expect("it was just found");
        let value = parse_like(example, &text).map_err(|error| anyhow!("{name} {error}"))?;
        layers.set(&section, &key, value);
    }
    Ok(())
}

fn variable(section: &str, key: &str) -> String {
    format!("{PREFIX}{section}_{key}").to_ascii_uppercase()
}
