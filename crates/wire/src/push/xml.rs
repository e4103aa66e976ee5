//! Writes pushes as XML, in the two layouts that the platform uses.

use super::field::{Field, Value};
use crate::xml_char::is_xml_char;

/// Every element on its own line, nothing after the last: the plain mode, and what is encrypted.
pub(super) fn compact(fields: &[Field]) -> String {
    let mut xml = String::from("<xml>");
    for field in fields {
        write_element(&mut xml, field);
        xml.push('\n');
    }
    xml.push_str("</xml>");
    xml
}

/// Indented by four blanks, with a line feed at the end: the modes with a ciphertext.
pub(super) fn indented(fields: &[Field]) -> String {
    let mut xml = String::from("<xml>\n");
    for field in fields {
        xml.push_str("    ");
        write_element(&mut xml, field);
        xml.push('\n');
    }
    xml.push_str("</xml>\n");
    xml
}

fn write_element(xml: &mut String, field: &Field) {
    let name = field.name;
    match &field.value {
        Value::Text(text) => {
            let text = escape(text);
            xml.extend(["<", name, "><![CDATA[", &text, "]]></", name, ">"]);
        }
        Value::Number(number) => xml.extend(["<", name, ">", number, "</", name, ">"]),
    }
}

/// Keeps a text from ending its CDATA section, and drops what XML cannot carry at all.
fn escape(text: &str) -> String {
    let carried: String = text.chars().filter(|char| is_xml_char(*char)).collect();
    carried.replace("]]>", "]]]]><![CDATA[>")
}
