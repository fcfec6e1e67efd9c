//! What a report is about: the day, which address, how many doors, how long it took. Knows no time zone.

use crate::{Report, Texts, date, grouped};

const MS_A_SECOND: u64 = 1_000;

/// A sentence for an address of a report, for two kinds of readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// With the whole address.
    pub whole: String,
    /// With enough of it to know it again, for paper, which is passed on and left lying.
    pub part: String,
}

impl Report {
    /// The title of the report, with the day of the check where the clocks are so many seconds ahead of UTC. That of
    /// the sample says what it is.
    #[must_use]
    pub fn title(&self, ahead_of_utc: i64, texts: &Texts) -> String {
        if self.is_sample() {
            return texts.sample_title().to_owned();
        }
        let seconds = (self.started_ms / MS_A_SECOND).saturating_add_signed(ahead_of_utc);
        texts.report_title_on(&date(seconds, texts))
    }

    /// What was checked, for each address.
    #[must_use]
    pub fn checked(&self, texts: &Texts) -> Vec<Checked> {
        // A check of half a second did not take nothing.
        let seconds = self.finished_ms.saturating_sub(self.started_ms).div_ceil(MS_A_SECOND).max(1);
        let of = |address: &str, ports| {
            texts.report_checked(address, &grouped(ports), &seconds.to_string())
        };
        let lines = self.addresses.iter().map(|line| (line.address.to_string(), line.tested()));
        let both = |(whole, ports): (String, _)| Checked {
            part: of(&in_part(&whole), ports),
            whole: of(&whole, ports),
        };
        lines.map(both).collect()
    }
}

fn in_part(address: &str) -> String {
    /// So many of its parts are shown: as many as a line shares with its neighbours.
    const SHOWN: usize = 3;
    let mark = if address.contains(':') { ':' } else { '.' };
    let parts = address.split(mark).take(SHOWN);
    parts.flat_map(|part| part.chars().chain([mark])).chain(['…']).collect()
}
