//! An answer as a tree of named fields, whether it came as XML or as JSON.

use super::invalid::{Broken, Rule};

/// How deep an answer may be nested. The deepest reply, news, has a title in an item in the
/// articles in the root.
pub const MAX_DEPTH: usize = 8;

#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    /// What stands directly inside, CDATA and text alike.
    pub(super) text: String,
    pub(super) children: Vec<Node>,
    /// Where it begins in the document, if that is known.
    pub(super) offset: Option<usize>,
}

impl Node {
    /// The first field of that name: which of several counts is not documented.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// Refuses what would nest too deep inside `open` elements.
pub(super) fn check_depth(open: usize, offset: Option<usize>) -> Result<(), Broken> {
    if open < MAX_DEPTH {
        return Ok(());
    }
    Err(Broken::at(offset, Rule::TooDeep { limit: MAX_DEPTH }))
}
