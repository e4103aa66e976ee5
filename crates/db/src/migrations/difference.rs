//! Where a schema is not the declared one.

use std::collections::BTreeMap;

/// A sentence for each difference. Both maps lead from an object's name to its definition.
pub(crate) fn differences(
    declared: &BTreeMap<String, String>,
    found: &BTreeMap<String, String>,
) -> Vec<String> {
    let surplus = found.keys().filter(|name| !declared.contains_key(*name));
    let sentence = |name: &String| match (declared.get(name), found.get(name)) {
        (Some(_), None) => Some(format!("{name} is missing")),
        (None, Some(_)) => Some(format!("{name} is not declared")),
        (declared, found) => {
            (declared != found).then(|| format!("{name} differs from its declaration"))
        }
    };
    declared.keys().chain(surplus).filter_map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_is_a_sentence() {
        let schema = |objects: &[(&str, &str)]| {
            objects.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let declared = schema(&[("table a", "x"), ("table b", "x"), ("table c", "x")]);
        let found = schema(&[("table b", "y"), ("table c", "x"), ("index d", "x")]);
        let expected = [
            "table a is missing",
            "table b differs from its declaration",
            "index d is not declared",
        ];
        assert_eq!(differences(&declared, &found), expected);
    }
}
