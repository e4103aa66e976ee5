//! Reads the checked-in tables while compiling, so that a broken row stops the build.

/// How many rows a table has besides its heading.
pub(crate) const fn count_rows(table: &str) -> usize {
    let bytes = table.as_bytes();
    let mut lines = 0;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            lines += 1;
        }
        at += 1;
    }
    lines - 1
}

/// What stands before the first `separator`, and what follows it.
pub(crate) const fn split_at_first(text: &str, separator: u8) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == separator {
            let (before, rest) = text.split_at(at);
            return (before, rest.split_at(1).1);
        }
        at += 1;
    }
    panic!("a row of a table lacks a field or its line end");
}

/// A whole number from zero upwards.
pub(crate) const fn parse_u32(text: &str) -> u32 {
    match u32::from_str_radix(text, 10) {
        Ok(number) => number,
        Err(_) => panic!("a field of a table is not a whole number"),
    }
}

/// A whole number, with a sign or without.
pub(crate) const fn parse_i32(text: &str) -> i32 {
    match i32::from_str_radix(text, 10) {
        Ok(number) => number,
        Err(_) => panic!("a field of a table is not a number"),
    }
}
