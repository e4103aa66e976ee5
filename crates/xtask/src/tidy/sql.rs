//! Where SQL stands and how it is written, read from the literals that hold a statement. What a
//! statement touches is judged by the database itself, in the partitioned run of the suite.

use super::rust_text::{self, Piece, in_word};
use super::{Finding, has_extension, has_folder, is_test};

/// SQL outside `store.rs`, the crate `db` and tests.
pub(crate) fn outside_store(path: &str, text: &str) -> Vec<Finding> {
    if path.ends_with("/store.rs") || has_folder(path, "db/") {
        return Vec::new();
    }
    let found = statements(path, text).into_iter();
    found.map(|piece| Finding::new(piece.line, "SQL stands in store.rs")).collect()
}

/// What one of the engines would not take, or would take for something else.
pub(crate) fn dialect(path: &str, text: &str) -> Vec<Finding> {
    // `db` holds what differs between the engines.
    if has_folder(path, "db/") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for piece in statements(path, text) {
        let broken = DIALECT.iter().filter(|(breaks, _)| breaks(&piece.text));
        findings.extend(broken.map(|(_, problem)| Finding::new(piece.line, *problem)));
    }
    findings
}

type Breaks = fn(&str) -> bool;

const DIALECT: [(Breaks, &str); 6] = [
    (has_star, "columns are named: no `*`"),
    (has_clock, "time and chance are bound: no function of the database for them"),
    (is_shouted, "keywords are lower-case"),
    (|sql| word(sql, "merge into"), "no `merge`: not every engine has it"),
    (|sql| sql.contains(super::fan_out::SEVERAL) && !reads(sql), "`several` is for reading"),
    (is_positional, "an insert names its columns"),
];

/// A change to a ledger, which is only ever added to.
pub(crate) fn ledger(path: &str, text: &str) -> Vec<Finding> {
    if !path.ends_with("pay/store.rs") {
        return Vec::new();
    }
    let changes = |piece: &Piece| {
        ["update ledger", "delete from ledger"].iter().any(|change| piece.text.contains(change))
    };
    let found = statements(path, text).into_iter().filter(changes);
    found.map(|piece| Finding::new(piece.line, "ledger entries are only added")).collect()
}

/// The literals of a Rust file, tests aside, that hold a statement.
pub(super) fn statements(path: &str, text: &str) -> Vec<Piece> {
    // These rules name what they look for, and their crate has no database to ask.
    let product = has_folder(path, "crates/") && !has_folder(path, "xtask/");
    if !product || !has_extension(path, &["rs"]) || is_test(path) {
        return Vec::new();
    }
    let mut literals = rust_text::read(rust_text::without_tests(text)).literals;
    literals.retain(|piece| is_statement(&piece.text));
    literals
}

/// Tells a statement from a sentence that begins with the same word.
fn is_statement(text: &str) -> bool {
    let sql = unmarked(text).to_ascii_lowercase();
    let words: Vec<&str> = sql.split(' ').collect();
    match words[..] {
        ["select", "distinct" | "*", ..]
        | ["update", _, "set", ..]
        | ["delete", "from", _, "where", ..]
        | ["create" | "drop" | "alter", "table" | "index", ..]
        | ["merge", "into", ..] => true,
        ["select", only] => only.parse::<i64>().is_ok(),
        ["select", first, second, ..] => {
            first.ends_with(',') || first.contains(['(', '$']) || ["from", "as"].contains(&second)
        }
        ["insert", "into", _, next, ..] => next.starts_with('(') || next == "select",
        ["insert", "into", table] => table.contains('('),
        ["delete", "from", table] => !table.ends_with('.'),
        ["with", _, "as", next, ..] => next.starts_with('('),
        _ => false,
    }
}

/// The statement without the markers before it.
fn unmarked(text: &str) -> &str {
    let mut sql = text.trim();
    while let Some((_, rest)) = sql.strip_prefix("/*").and_then(|rest| rest.split_once("*/")) {
        sql = rest.trim_start();
    }
    sql
}

fn reads(sql: &str) -> bool {
    let sql = unmarked(sql);
    sql.starts_with("select ") || sql.starts_with("with ")
}

fn has_star(sql: &str) -> bool {
    ["select *", "returning *", ", *", ".*"].iter().any(|star| sql.contains(star))
}

fn has_clock(sql: &str) -> bool {
    let functions = ["now(", "random(", "gen_random_uuid(", "nextval(", "datetime(", "strftime("];
    functions.iter().chain(&["current_timestamp", "current_date"]).any(|name| word(sql, name))
}

fn is_shouted(sql: &str) -> bool {
    let keywords = "SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE RETURNING CONFLICT \
                    ORDER BY GROUP LIMIT JOIN AND OR NOT NULL EXISTS CASE WHEN THEN ELSE END WITH";
    keywords.split(' ').any(|keyword| word(sql, keyword))
}

fn is_positional(sql: &str) -> bool {
    let Some((_, rest)) = sql.split_once("insert into ") else { return false };
    let after_table = rest.trim_start_matches(in_word).trim_start();
    after_table.starts_with("values") || after_table.starts_with("select")
}

/// Whether `name` is a word of the statement, and not of a text in it.
fn word(sql: &str, name: &str) -> bool {
    // What stands between quotes are the odd pieces.
    sql.split('\'').step_by(2).any(|code| !rust_text::lines_with(code, name).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORE: &str = "crates/platform/src/followers/store.rs";

    fn problems(sql: &str) -> Vec<String> {
        let findings = dialect(STORE, &format!("fn f() {{ tx.list(\"{sql}\") }}"));
        findings.into_iter().map(|finding| finding.problem).collect()
    }

    #[test]
    fn sql_in_a_rule_is_found_and_in_a_store_is_not() {
        let text = "fn f() {\n    tx.one(\n        \"select name from tag where id = $1\")\n}\n";
        let rule = outside_store("crates/platform/src/followers/tags.rs", text);
        assert_eq!(rule, [Finding::new(3, "SQL stands in store.rs")]);
        assert_eq!(outside_store(STORE, text), []);
        assert_eq!(outside_store("crates/db/src/tx.rs", text), []);
        assert_eq!(outside_store("crates/server/tests/suite/a.rs", text), []);
    }

    #[test]
    fn statements_are_known_in_every_form() {
        for sql in [
            "select a, b from c",
            "select count(*) from c",
            "SELECT a FROM c",
            "select 1",
            "/* several */ select distinct a from c",
            "insert into a (b) values ($1)",
            "update a set b = $1",
            "delete from a where b = $1",
            "with a as (select 1) select b from a",
            "create table a (b bigint)",
        ] {
            assert!(is_statement(sql), "{sql}");
        }
    }

    #[test]
    fn sentences_are_no_statements() {
        for sentence in [
            "select a person from the list",
            "update the account and set its name",
            "delete from the list.",
            "with as much tea as you like",
            "insert into the cup",
            "",
        ] {
            assert!(!is_statement(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_star_is_refused_and_a_count_is_not() {
        assert_eq!(problems("select * from tag").len(), 1);
        assert_eq!(problems("select t.* from tag t").len(), 1);
        assert!(problems("select count(*) from tag").is_empty());
    }

    #[test]
    fn time_and_chance_of_the_database_are_refused() {
        assert_eq!(problems("update a set b = now()").len(), 1);
        assert_eq!(problems("update a set b = current_timestamp").len(), 1);
        assert!(problems("select known(a), b from c").is_empty());
    }

    #[test]
    fn keywords_are_lower_case_and_texts_may_be_anything() {
        assert_eq!(problems("SELECT a from b").len(), 1);
        assert!(problems("select a from b where c = 'NOT FROM HERE'").is_empty());
    }

    #[test]
    fn several_keys_are_for_reading() {
        assert_eq!(problems("/* several */ update a set b = $1 where c in ($2)").len(), 1);
        assert!(problems("/* several */ select a from b where c in ($1)").is_empty());
    }

    #[test]
    fn an_insert_names_its_columns() {
        assert_eq!(problems("insert into tag select a, b from c").len(), 1);
        assert!(problems("insert into tag (a, b) values ($1, $2)").is_empty());
    }

    #[test]
    fn a_ledger_is_only_added_to() {
        let text = "const A: &str = \"update ledger_entry set amount_fen = $1\";";
        assert_eq!(ledger("crates/platform/src/pay/store.rs", text).len(), 1);
        assert_eq!(ledger(STORE, text), []);
    }
}
