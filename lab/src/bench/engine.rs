//! Scanners side by side, before the same networks: what they find, how long they take and what
//! that costs. It does not know how any of them works.

use anyhow::{Result, ensure};
use serde::Serialize;
use std::time::Duration;

use super::median::median;
use super::rows::{ROWS, Row};
use super::table;
use crate::firewall::Firewall;
use crate::measure::{self, Cost};
use crate::network::{Network, TARGET};
use crate::own_network;
use crate::port::{Ports, Transport};
use crate::scanner::{Job, Scanner};
use crate::truth::Score;
use crate::wire::Settings;

/// The shortest time after which a probe may count as lost when the line takes 30 ms: nmap's
/// shortest time-out too. The last probe of a silent port is waited for that long at least.
const RETRY_AFTER: Duration = Duration::from_millis(100);

/// One run of one scanner.
struct Sample {
    cost: Cost,
    score: Score,
    /// First segments or datagrams that left the scanner.
    probes: u64,
    /// All its frames.
    frames: u64,
    /// Frames that the wire brought too late, both ways.
    late: u64,
}

/// The middle of a scanner's runs before one network.
#[derive(Serialize)]
pub(super) struct Line {
    pub(super) row: &'static str,
    pub(super) scanner: String,
    pub(super) runs: usize,
    /// All runs together.
    pub(super) score: Score,
    pub(super) probes: f64,
    pub(super) frames: f64,
    /// Many of these, and the machine was too busy for the times to mean much.
    pub(super) late: f64,
    pub(super) cpu_seconds: f64,
    pub(super) peak_bytes: f64,
    pub(super) seconds: f64,
    /// How much of the time of `nmap -T4` it takes.
    pub(super) to_nmap: Option<f64>,
    /// How much of the shortest time possible for as many probes at the row's rate, if it was told.
    pub(super) to_floor: Option<f64>,
}

/// Compares `scanners`, in runs that take turns, before the networks with `name` in their name.
pub(crate) fn compare(scanners: &[Scanner], name: &str, runs: u32, json: bool) -> Result<()> {
    let rows: Vec<_> = ROWS.iter().filter(|row| row.name.contains(name)).collect();
    ensure!(!rows.is_empty(), "no row has {name:?} in its name");
    own_network::require_besides(&[])?;
    if !json {
        println!("{}", table::HEAD);
    }
    for row in rows {
        for line in row.measure(scanners, runs) {
            if json {
                println!("{}", serde_json::to_string(&line)?);
            } else {
                println!("{line}");
            }
        }
    }
    Ok(())
}

impl Row {
    fn measure(&self, scanners: &[Scanner], runs: u32) -> Vec<Line> {
        let ports = Firewall::ports(self.transport, self.ports);
        let able = scanners.iter().filter(|scanner| scanner.knows(self.transport));
        let mut samples: Vec<_> = able.map(|scanner| (scanner, Vec::new())).collect();
        for run in 0..runs {
            for (scanner, samples) in &mut samples {
                match self.sample(scanner, &ports, run) {
                    Ok(sample) => samples.push(sample),
                    Err(error) => eprintln!("{}, {}: {error:#}", self.name, scanner.name()),
                }
            }
        }
        samples.retain(|(_, samples)| !samples.is_empty());
        let yardstick = samples.iter().find(|(scanner, _)| scanner.is_yardstick());
        let yardstick = yardstick.map(|(_, samples)| seconds(samples));
        samples.iter().map(|(scanner, samples)| self.line(scanner, samples, yardstick)).collect()
    }

    /// Each run has a network of its own, and the same chance as the other scanners' run.
    fn sample(&self, scanner: &Scanner, ports: &Ports, run: u32) -> Result<Sample> {
        let seed = self.wire.seed.wrapping_add(u64::from(run));
        let network = Network::open(Settings { seed, ..self.wire }, self.firewall)?;
        let job = Job { address: TARGET, ports, rate: Some(self.rate) };
        let run = measure::run(&scanner.command(&job))?;
        let [sent, returned] = network.counts();
        let probes = if self.transport == Transport::Tcp { sent.syns } else { sent.udp };
        let score = Score::of(&scanner.read(&run.printed, &job)?, ports, self.firewall);
        Ok(Sample {
            cost: run.cost,
            score,
            probes,
            frames: sent.frames,
            late: sent.late + returned.late,
        })
    }

    fn line(&self, scanner: &Scanner, samples: &[Sample], yardstick: Option<f64>) -> Line {
        let middle = |of: fn(&Sample) -> f64| median(samples.iter().map(of));
        let (probes, seconds) = (middle(Sample::probes), seconds(samples));
        let scores: Vec<_> = samples.iter().map(|sample| sample.score).collect();
        let floor =
            probes / f64::from(self.rate) + (RETRY_AFTER + self.wire.round_trip()).as_secs_f64();
        Line {
            row: self.name,
            scanner: scanner.name(),
            runs: samples.len(),
            score: Score::sum(&scores),
            probes,
            frames: middle(Sample::frames),
            late: middle(Sample::late),
            cpu_seconds: middle(|sample| sample.cost.cpu_seconds),
            peak_bytes: middle(Sample::peak_bytes),
            seconds,
            to_nmap: yardstick.map(|yardstick| seconds / yardstick),
            to_floor: scanner.takes_rate().then_some(seconds / floor),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "medians need no more than 53 bits")]
impl Sample {
    fn probes(&self) -> f64 {
        self.probes as f64
    }

    fn frames(&self) -> f64 {
        self.frames as f64
    }

    fn late(&self) -> f64 {
        self.late as f64
    }

    fn peak_bytes(&self) -> f64 {
        self.cost.peak_bytes as f64
    }
}

fn seconds(samples: &[Sample]) -> f64 {
    median(samples.iter().map(|sample| sample.cost.seconds))
}
