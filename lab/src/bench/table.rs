//! How a comparison looks on a terminal. It knows what was measured, and not how.

use std::fmt;

use super::engine::Line;

/// The columns.
pub(super) const HEAD: &str = "\
row                    scanner         runs   found/true  falsely open  closed   probes   frames    \
CPU s  MiB   seconds   x nmap  x floor";

const MEBIBYTE: f64 = 1_048_576.0;
/// The share of late frames from which a line says so: its seconds mean little then.
const TOO_LATE: f64 = 0.01;

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, scanner, runs, score, probes, frames, cpu_seconds, seconds, .. } = self;
        let found = format!("{}/{}", score.found, score.open);
        let (nmap, floor) = (ratio(self.to_nmap), ratio(self.to_floor));
        let peak = self.peak_bytes / MEBIBYTE;
        write!(formatter, "{row:<23}{scanner:<16}{runs:>4}{found:>13}{:>14}", score.false_open)?;
        write!(formatter, "{:>8}{probes:>9.0}{frames:>9.0}", score.false_closed)?;
        write!(formatter, "{cpu_seconds:>9.3}{peak:>5.0}{seconds:>10.3}{nmap:>9}{floor:>9}")?;
        let is_late = self.late > frames * TOO_LATE;
        formatter.write_str(if is_late { "  the wire was late" } else { "" })
    }
}

fn ratio(of: Option<f64>) -> String {
    of.map_or_else(|| "-".to_owned(), |of| format!("{of:.3}"))
}
