//! Moving the platform's clock: where to, and how a duration is written.

mod edge;

pub use edge::go;
pub(super) use edge::set;

use std::time::Duration;

use db::Timestamp;

/// The last instant that the clock takes: the end of the year 9999, in Unix milliseconds.
const LAST: Timestamp = Timestamp(253_402_300_799_999);

/// Where the clock is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// So much further.
    Advance(Duration),
    /// To an instant.
    Set(Timestamp),
    /// To the machine's clock, and on with it.
    Real,
}

/// Reads a duration such as `3d4h` or `90s`: whole numbers of `d`, `h`, `m`, `s` and `ms`, in any
/// order, at least one. `None` for anything else.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut total = Duration::ZERO;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let letters = after.find(|letter: char| letter.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let millis = number.parse::<u64>().ok()?.checked_mul(millis_of(unit)?)?;
        total = total.checked_add(Duration::from_millis(millis))?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

fn millis_of(unit: &str) -> Option<u64> {
    match unit {
        "d" => Some(86_400_000),
        "h" => Some(3_600_000),
        "m" => Some(60_000),
        "s" => Some(1_000),
        "ms" => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_numbers_with_units() {
        let secs = |text| parse_duration(text).map(|duration| duration.as_secs());
        assert_eq!(secs("3d4h"), Some(3 * 86_400 + 4 * 3_600));
        assert_eq!(secs("90s"), Some(90));
        assert_eq!(secs("1m30s"), Some(90));
        assert_eq!(secs("0s"), Some(0));
        assert_eq!(parse_duration("1500ms"), Some(Duration::from_millis(1_500)));
    }

    #[test]
    fn other_texts_are_no_durations() {
        for text in ["", "3", "d", "3 d", "-3d", "3w", "1.5h", "3d4", "茶", "99999999999999999999d"]
        {
            assert_eq!(parse_duration(text), None, "{text}");
        }
        assert_eq!(parse_duration("300000000000d"), None, "more than 64 bits of milliseconds");
    }
}
