//! Which characters XML can carry.

/// The characters of XML 1.0: no control characters but tab, line feed and carriage return.
pub(crate) fn is_xml_char(char: char) -> bool {
    match char {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => char >= ' ',
    }
}
