//! Takes single fields out of an answer's tree.

use super::invalid::{Broken, Rule};
use super::node::Node;
use crate::ids::MediaId;

/// A field that must be there, and not without anything in it.
pub(super) fn filled<'a>(parent: &'a Node, name: &'static str) -> Result<&'a str, Broken> {
    let text = present(parent, name)?;
    if text.is_empty() {
        return Err(broken_at(parent, name, Rule::Empty(name)));
    }
    Ok(text)
}

/// A field that must be there. White space around it does not count.
pub(super) fn present<'a>(parent: &'a Node, name: &'static str) -> Result<&'a str, Broken> {
    Ok(text_of(group(parent, name)?, name)?.trim())
}

/// A field that may be absent; then it is empty.
pub(super) fn optional(parent: &Node, name: &'static str) -> Result<String, Broken> {
    match parent.child(name) {
        Some(node) => Ok(text_of(node, name)?.trim().to_owned()),
        None => Ok(String::new()),
    }
}

/// A field that must be there and holds other fields.
pub(super) fn group<'a>(parent: &'a Node, name: &'static str) -> Result<&'a Node, Broken> {
    parent.child(name).ok_or_else(|| Broken::at(parent.offset, Rule::Missing(name)))
}

/// A media id that must be there.
pub(super) fn media_id(parent: &Node, name: &'static str) -> Result<MediaId, Broken> {
    MediaId::parse(filled(parent, name)?)
        .map_err(|_| broken_at(parent, name, Rule::NotMediaId(name)))
}

/// The text of a field, with all its blanks.
pub(super) fn text_of<'a>(node: &'a Node, name: &'static str) -> Result<&'a str, Broken> {
    match node.children.first() {
        Some(child) => Err(Broken::at(child.offset, Rule::NotText(name))),
        None => Ok(&node.text),
    }
}

/// A rule broken by the field, at its place in the answer.
pub(super) fn broken_at(parent: &Node, name: &str, rule: Rule) -> Broken {
    Broken::at(parent.child(name).unwrap_or(parent).offset, rule)
}
