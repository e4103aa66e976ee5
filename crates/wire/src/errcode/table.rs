//! The table of codes, `data/errcodes.tsv`, read while compiling.

use super::ErrCode;
use crate::tsv::{count_rows, parse_i32, split_at_first};

#[derive(Clone, Copy)]
pub(super) struct Row {
    code: i32,
    pub(super) text: &'static str,
    pub(super) when: &'static str,
}

const SOURCE: &str = include_str!("../../data/errcodes.tsv");
const ROWS: &[Row] = &parse::<{ count_rows(SOURCE) }>();

pub(super) fn find(code: ErrCode) -> Option<&'static Row> {
    let at = ROWS.binary_search_by_key(&code.0, |row| row.code).ok()?;
    Some(&ROWS[at])
}

const fn parse<const COUNT: usize>() -> [Row; COUNT] {
    let mut rows = [Row { code: 0, text: "", when: "" }; COUNT];
    let (_heading, mut rest) = split_at_first(SOURCE, b'\n');
    let mut at = 0;
    while at < COUNT {
        let (code, after_code) = split_at_first(rest, b'\t');
        let (text, after_text) = split_at_first(after_code, b'\t');
        let (when, next) = split_at_first(after_text, b'\n');
        rows[at] = Row { code: parse_i32(code), text, when };
        assert!(at == 0 || rows[at - 1].code < rows[at].code, "the table is sorted by code");
        rest = next;
        at += 1;
    }
    rows
}
