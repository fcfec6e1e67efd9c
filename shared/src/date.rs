//! Days as people write them, from seconds since 1970 (UTC). Knows no clock and no time zone.

use crate::Texts;

const SECONDS_A_DAY: u64 = 86_400;
/// The last day that a certificate can name (RFC 5280, 4.1.2.5): 31 December 9999. What claims to be
/// later is shown as this day.
const LAST_DAY: u64 = 2_932_896;
/// From 1 March of the year 0 to 1 January 1970. Counted from a March, the day that leap years add
/// is the last of a year.
const DAYS_BEFORE_1970: u64 = 719_468;
/// The calendar repeats after 400 years.
const DAYS_IN_400_YEARS: u64 = 146_097;
const DAYS_IN_100_YEARS: u64 = 36_524;
const DAYS_IN_4_YEARS: u64 = 1_461;
const DAYS_IN_A_YEAR: u64 = 365;
/// From March on, five months in a row have 153 days.
const DAYS_IN_5_MONTHS: u64 = 153;

/// The day in plain words, as “3. März 2027” or “3 March 2027”.
#[must_use]
pub fn date(seconds: u64, texts: &Texts) -> String {
    let (year, month, day) = civil(seconds / SECONDS_A_DAY);
    let month = texts.months().split(' ').nth(month - 1).unwrap_or_default();
    texts.date(&day.to_string(), month, &year.to_string())
}

/// The day as ISO 8601 writes it, as “2027-03-03”.
#[must_use]
pub fn day(seconds: u64) -> String {
    let (year, month, day) = civil(seconds / SECONDS_A_DAY);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a day since 1970, in the Gregorian calendar.
fn civil(days: u64) -> (u64, usize, u64) {
    let days = days.min(LAST_DAY) + DAYS_BEFORE_1970;
    let (era, in_era) = (days / DAYS_IN_400_YEARS, days % DAYS_IN_400_YEARS);
    let leaps = in_era / (DAYS_IN_4_YEARS - 1) + in_era / (DAYS_IN_400_YEARS - 1);
    let year_of_era = (in_era + in_era / DAYS_IN_100_YEARS - leaps) / DAYS_IN_A_YEAR;
    let before_year = DAYS_IN_A_YEAR * year_of_era + year_of_era / 4 - year_of_era / 100;
    let in_year = in_era - before_year;
    // From March on: March is 0, February 11.
    let from_march = (5 * in_year + 2) / DAYS_IN_5_MONTHS;
    let day = in_year - (DAYS_IN_5_MONTHS * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = 400 * era + year_of_era + u64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), day)
}

#[cfg(test)]
mod tests {
    use super::{SECONDS_A_DAY, civil};

    #[test]
    fn days_count_on_through_leap_years_and_centuries() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (58, (1970, 2, 28)),
            (59, (1970, 3, 1)),
            (789, (1972, 2, 29)),
            (790, (1972, 3, 1)),
            (10_956, (1999, 12, 31)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (20_718, (2026, 9, 22)),
            (47_540, (2100, 2, 28)),
            (47_541, (2100, 3, 1)),
            (2_932_896, (9999, 12, 31)),
            (u64::MAX / SECONDS_A_DAY, (9999, 12, 31)),
        ] {
            assert_eq!(civil(days), date, "{days}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let (mut year, mut month, mut day) = civil(0);
        for days in 1..=146_097 {
            let next = civil(days);
            let expected = if next.2 == 1 {
                if next.1 == 1 { (year + 1, 1, 1) } else { (year, month + 1, 1) }
            } else {
                (year, month, day + 1)
            };
            assert_eq!(next, expected, "{days}");
            assert!(next.2 > 1 || day >= 28, "{days}");
            (year, month, day) = next;
        }
        assert_eq!((year, month, day), (2370, 1, 1));
    }
}
