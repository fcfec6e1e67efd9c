//! A reminder for the visitor's calendar (RFC 5545), to check once more. It says nothing of what was found,
//! because calendars are shared.

use crate::{Colour, Report, Texts, day};

const SECONDS_A_DAY: u64 = 86_400;
/// Where something has to be closed, it is closed by then.
const DAYS_AFTER_A_FIX: u64 = 14;
/// Otherwise once in a quarter of a year.
const DAYS_OF_A_QUARTER: u64 = 91;
/// The longest line, in bytes (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// A whole day on which to check once more; `origin` is where the server is opened, and `id` makes the entry
/// one of its kind.
#[must_use]
pub fn calendar(report: &Report, id: &str, origin: &str, texts: &Texts) -> String {
    let urgent = matches!(report.verdict().colour, Colour::Red | Colour::Yellow);
    let days = if urgent { DAYS_AFTER_A_FIX } else { DAYS_OF_A_QUARTER };
    let finished = report.finished_ms / 1_000;
    let compact = |seconds: u64| day(seconds).replace('-', "");
    let language = texts.language();
    let link = format!("{origin}/{language}/");
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Klinke//Klinke//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        // Calendars know an entry again by it, so it is the same each time and tells nothing of the report.
        format!("UID:{id}@klinke"),
        format!("DTSTAMP:{}T000000Z", compact(finished)),
        format!("DTSTART;VALUE=DATE:{}", compact(finished + days * SECONDS_A_DAY)),
        "TRANSP:TRANSPARENT".to_owned(),
        format!("SUMMARY:{}", escaped(texts.calendar_title())),
        format!("DESCRIPTION:{}", escaped(&texts.calendar_text(&link))),
        format!("URL:{link}"),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

/// RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            _ => escaped.push(sign),
        }
    }
    escaped
}

/// A line with its end; what is too long goes on in the next, after a space.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 2);
    let mut width = 0;
    for sign in line.chars() {
        if width + sign.len_utf8() > LONGEST_LINE {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(sign);
        width += sign.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, escaped, folded};

    #[test]
    fn marks_of_the_format_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }

    #[test]
    fn no_line_is_too_long_and_no_sign_is_cut() {
        let line = "ä".repeat(200);
        let whole = folded(&line);
        assert!(whole.split("\r\n").all(|part| part.len() <= LONGEST_LINE), "{whole}");
        assert_eq!(whole.replace("\r\n ", "").trim_end(), line);
    }
}
