//! Instants in our own API: RFC 3339 in UTC.

use db::Timestamp;

/// An instant as text, such as `2026-11-24T08:00:00Z`; milliseconds only where there are any.
pub(crate) fn format(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.millis())
        .expect("instants of this platform lie within ten thousand years")
        .to_string()
}

/// The instant that a text names, to the millisecond.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    text.parse::<jiff::Timestamp>().ok().map(|at| Timestamp(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_rfc_3339_in_utc() {
        assert_eq!(format(Timestamp(1_767_240_000_000)), "2026-01-01T04:00:00Z");
        assert_eq!(format(Timestamp(1_767_240_000_120)), "2026-01-01T04:00:00.12Z");
        assert_eq!(parse("2026-01-01T12:00:00+08:00"), Some(Timestamp(1_767_240_000_000)));
        assert_eq!(parse("yesterday"), None);
    }
}
