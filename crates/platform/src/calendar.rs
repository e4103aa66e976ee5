//! Days, hours and months as the official platform counts them: China Standard Time (UTC+8), which
//! has had no daylight saving time since 1991.

use db::Timestamp;

const OFFSET_MILLIS: i64 = 8 * 3_600_000;
const HOUR_MILLIS: i64 = 3_600_000;
const DAY_MILLIS: i64 = 24 * HOUR_MILLIS;

/// The number of the day: days since 1970-01-01 in UTC+8.
pub fn day(at: Timestamp) -> i64 {
    (at.0 + OFFSET_MILLIS).div_euclid(DAY_MILLIS)
}

/// The instant at which the day after `at` begins.
pub fn next_day(at: Timestamp) -> Timestamp {
    Timestamp((day(at) + 1) * DAY_MILLIS - OFFSET_MILLIS)
}

/// The number of the hour: hours since 1970-01-01 00:00 in UTC+8.
pub fn hour(at: Timestamp) -> i64 {
    (at.0 + OFFSET_MILLIS).div_euclid(HOUR_MILLIS)
}

/// The number of the month: year times twelve, plus 0 to 11.
pub fn month(at: Timestamp) -> i64 {
    // Days to a civil date, by H. Hinnant's "chrono-compatible low-level date algorithms".
    let days = day(at) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let year = year_of_era + era * 400 + i64::from(month_from_march >= 10);
    year * 12 + (month_from_march + 2) % 12
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().expect("a literal instant").as_millisecond())
    }

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let before = at("2026-11-24T15:59:59.999Z");
        assert_eq!(day(at("2026-11-24T16:00:00Z")), day(before) + 1);
        assert_eq!(next_day(before), at("2026-11-24T16:00:00Z"));
        assert_eq!(hour(at("2026-11-24T16:00:00Z")), hour(before) + 1);
    }

    #[test]
    fn months_follow_the_calendar() {
        let months = |text| month(at(text));
        assert_eq!(months("1969-12-31T16:00:00Z"), 1970 * 12);
        assert_eq!(months("2026-02-28T15:59:59Z"), 2026 * 12 + 1);
        assert_eq!(months("2026-02-28T16:00:00Z"), 2026 * 12 + 2);
        assert_eq!(months("2028-02-29T00:00:00Z"), 2028 * 12 + 1);
        assert_eq!(months("2026-12-31T16:00:00Z"), 2027 * 12);
    }
}
