//! Reads an answer's XML into a tree. No DOCTYPE, so no entities but the five predefined ones.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::invalid::{Broken, Rule, shortened};
use super::node::{Node, check_depth};
use crate::xml_char::is_xml_char;

pub(super) fn read(document: &str) -> Result<Node, Broken> {
    if let Some(at) = document.find(|char| !is_xml_char(char)) {
        return Err(malformed(at, "a character that xml does not allow"));
    }
    let mut reader = Reader::from_str(document);
    let mut tree = Tree::default();
    loop {
        let at = offset(reader.buffer_position());
        let event = reader
            .read_event()
            .map_err(|error| malformed(offset(reader.error_position()), &error.to_string()))?;
        if event == Event::Eof {
            return tree.finish(document.len());
        }
        tree.take(event, at)?;
    }
}

/// The elements read so far: the finished root, or those that are still open.
#[derive(Default)]
struct Tree {
    open: Vec<Node>,
    root: Option<Node>,
}

impl Tree {
    fn take(&mut self, event: Event, at: usize) -> Result<(), Broken> {
        match event {
            Event::Start(start) => self.open(&start, at),
            Event::Empty(start) => {
                self.open(&start, at)?;
                self.close();
                Ok(())
            }
            Event::End(_) => {
                self.close();
                Ok(())
            }
            Event::Text(text) => self.append(&text.xml10_content(), at),
            Event::CData(text) => self.append(&text.xml10_content(), at),
            Event::GeneralRef(reference) => self.append(&resolve(&reference, at)?, at),
            Event::DocType(_) => Err(Broken::at(at, Rule::Doctype)),
            Event::Decl(_) if self.root.is_some() || !self.open.is_empty() => {
                Err(malformed(at, "an xml declaration inside the document"))
            }
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn open(&mut self, start: &BytesStart, at: usize) -> Result<(), Broken> {
        let name = start.name().as_ref().to_owned();
        check_depth(self.open.len(), Some(at))?;
        if self.root.is_some() {
            return Err(malformed(at, "an element after </xml>"));
        }
        if self.open.is_empty() && name != "xml" {
            return Err(Broken::at(at, Rule::WrongRoot(shortened(&name))));
        }
        self.open.push(Node { name, offset: Some(at), ..Node::default() });
        Ok(())
    }

    /// The reader has checked that the names of start and end agree.
    fn close(&mut self) {
        let Some(node) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.root = Some(node),
        }
    }

    fn append(&mut self, text: &str, at: usize) -> Result<(), Broken> {
        match self.open.last_mut() {
            Some(node) => node.text.push_str(text),
            None if text.trim().is_empty() => {}
            None if self.root.is_none() => return Err(Broken::at(at, Rule::BytesInFront)),
            None => return Err(malformed(at, "text after </xml>")),
        }
        Ok(())
    }

    fn finish(self, end: usize) -> Result<Node, Broken> {
        match (self.open.last(), self.root) {
            (Some(open), _) => Err(malformed(end, &format!("<{}> is not closed", open.name))),
            (None, Some(root)) => Ok(root),
            (None, None) => Err(Broken::at(end, Rule::BytesInFront)),
        }
    }
}

fn resolve(reference: &BytesRef, at: usize) -> Result<String, Broken> {
    match reference.resolve_char_ref() {
        Ok(Some(char)) if is_xml_char(char) => Ok(char.to_string()),
        Ok(None) if let Some(text) = resolve_xml_entity(reference) => Ok(text.to_owned()),
        _ => Err(malformed(at, &format!("the reference &{};", shortened(reference)))),
    }
}

fn malformed(at: usize, what: &str) -> Broken {
    Broken::at(at, Rule::Malformed(what.to_owned()))
}

fn offset(position: u64) -> usize {
    usize::try_from(position).expect("a position in a text in memory")
}
