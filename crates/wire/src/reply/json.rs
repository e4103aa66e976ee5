//! Reads an answer's JSON into the tree that the same answer in XML would give.

use serde_json::Value;

use super::invalid::{Broken, Rule};
use super::node::{Node, check_depth};

pub(super) fn read(document: &str) -> Result<Node, Broken> {
    let value = serde_json::from_str(document).map_err(|error| {
        let at = offset_of(document, error.line(), error.column());
        Broken::at(at, Rule::Malformed(error.to_string()))
    })?;
    let Value::Object(_) = &value else {
        return Err(Broken::at(0, Rule::Malformed("not a json object".to_owned())));
    };
    node("xml", value, 0)
}

/// Whether a document, sent where XML is due, is JSON.
pub(super) fn is_json(document: &str) -> bool {
    document.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(document).is_ok()
}

fn node(name: &str, value: Value, depth: usize) -> Result<Node, Broken> {
    check_depth(depth, None)?;
    let mut node = Node { name: name.to_owned(), ..Node::default() };
    match value {
        Value::Null => {}
        Value::String(text) if text.contains('\0') => {
            return Err(Broken::at(None, Rule::Malformed("the character U+0000".to_owned())));
        }
        Value::String(text) => node.text = text,
        Value::Bool(_) | Value::Number(_) => node.text = value.to_string(),
        Value::Array(items) => node.children = children("item", items, depth)?,
        Value::Object(members) => {
            for (name, value) in members {
                append(&mut node.children, &name, value, depth)?;
            }
        }
    }
    Ok(node)
}

/// An absent option is often `null`; the articles are an array, or an object with an array `item`.
fn append(siblings: &mut Vec<Node>, name: &str, value: Value, depth: usize) -> Result<(), Broken> {
    match value {
        Value::Null => {}
        Value::Array(items) if name == "item" => siblings.extend(children(name, items, depth)?),
        value => siblings.push(node(name, value, depth + 1)?),
    }
    Ok(())
}

fn children(name: &str, values: Vec<Value>, depth: usize) -> Result<Vec<Node>, Broken> {
    values.into_iter().map(|value| node(name, value, depth + 1)).collect()
}

fn offset_of(document: &str, line: usize, column: usize) -> usize {
    let before: usize =
        document.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before + column.saturating_sub(1)
}
