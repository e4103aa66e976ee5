//! What chance makes different in each run, replaced by what it is.

/// Replaces rids, tokens, ids and ports of loopback addresses by words such as `[rid]`, so that
/// two runs give the same text.
pub fn redact(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        redacted.push_str(&rest[..start]);
        let word = &rest[start..];
        let end = word.find(|c| !is_word(c)).unwrap_or(word.len());
        redacted.push_str(name_of(&word[..end]).unwrap_or(&word[..end]));
        rest = &word[end..];
    }
    redacted.push_str(rest);
    redact_ports(&redacted)
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')
}

/// What a word is, if it is one that chance made.
fn name_of(word: &str) -> Option<&'static str> {
    let hex = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let mixed = word.bytes().any(|b| b.is_ascii_uppercase())
        && word.bytes().any(|b| b.is_ascii_lowercase());
    let rest = |prefix| word.strip_prefix(prefix).map(|rest| (rest, rest.len()));
    match word.len() {
        26 if word.split('-').all(|part| part.len() == 8 && hex(part)) => Some("[rid]"),
        18 if rest("wx").is_some_and(|(rest, _)| hex(rest)) => Some("[appid]"),
        15 if rest("gh_").is_some_and(|(rest, _)| hex(rest)) => Some("[username]"),
        28 if word.starts_with('o') && mixed => Some("[openid]"),
        32 if hex(word) => Some("[hex]"),
        40 if hex(word) => Some("[sha1]"),
        22 if mixed => Some("[id]"),
        43 if mixed => Some("[aes_key]"),
        64 if mixed => Some("[media_id]"),
        86 if mixed => Some("[ticket]"),
        130.. if rest("81_").is_some_and(|(_, length)| length >= 100) => Some("[token]"),
        _ => None,
    }
}

fn redact_ports(text: &str) -> String {
    const LOOPBACK: &str = "127.0.0.1:";
    let mut parts = text.split(LOOPBACK);
    let mut redacted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        redacted.push_str(LOOPBACK);
        redacted.push_str("[port]");
        redacted.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    redacted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chance_makes_gets_a_name() {
        let rid = r#"{"errmsg":"invalid credential rid: 69258c3a-1f2e3d4c-00aa11bb"}"#;
        assert_eq!(redact(rid), r#"{"errmsg":"invalid credential rid: [rid]"}"#);
        assert_eq!(redact("wx7ea4c0de00000001/gh_7ea4c0de0002"), "[appid]/[username]");
        assert_eq!(redact("http://127.0.0.1:41233/wx?a=1"), "http://127.0.0.1:[port]/wx?a=1");
        assert_eq!(redact(&format!("\"81_{}\"", "aB3".repeat(50))), "\"[token]\"");
    }

    #[test]
    fn words_and_numbers_stay() {
        for text in ["subscribe_msg_popup_event", "2026-01-01T04:00:00Z", "茶 7201", ""] {
            assert_eq!(redact(text), text);
        }
    }
}
