//! How a comparison looks on a terminal. It knows what was said, and not how it was asked.

use std::fmt;
use std::time::Duration;

use super::judge::{Mark, Marks, TOPICS};
use super::row::Row;
use super::{Answers, Said};
use crate::daemons::service::Tls;
use crate::daemons::truth::Truth;

/// What the marks before each answer mean.
const LEGEND: &str = "\
The marks: state, protocol, product, version, notes; = right, - not said, ! wrong.";
/// What of an answer fits beside the others.
const WIDTH: usize = 36;

/// What all say, beside the truth.
pub(super) struct Table<'a> {
    rows: Vec<Row<'a>>,
    /// Who was asked, and how long it took.
    asked: Vec<(&'static str, Duration)>,
}

impl<'a> Table<'a> {
    pub(super) fn new(truth: &[&'a Truth]) -> Self {
        Self { rows: truth.iter().map(|truth| Row::new(truth)).collect(), asked: Vec::new() }
    }

    pub(super) fn add(&mut self, name: &'static str, mut answers: Answers, took: Duration) {
        for row in &mut self.rows {
            row.add(answers.remove(&row.truth.port).unwrap_or_default());
        }
        self.asked.push((name, took));
    }

    pub(super) fn faults(&self) -> usize {
        self.rows.iter().map(|row| row.faults().count()).sum()
    }

    /// How often somebody is right, and how often wrong, in one topic.
    fn score(&self, column: usize, topic: usize) -> String {
        let marks = self.rows.iter().filter_map(|row| row.said.get(column)?.1.get(topic));
        let marks: Vec<_> = marks.filter(|mark| **mark != Mark::Nothing).collect();
        let count = |wanted| marks.iter().filter(|mark| ***mark == wanted).count();
        format!("{}/{}, {} wrong", count(Mark::Right), marks.len(), count(Mark::Wrong))
    }
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:<10} {:<14} {:<WIDTH$}", "port", "daemon", "truth")?;
        for (name, _) in &self.asked {
            write!(formatter, "       {name:<WIDTH$}")?;
        }
        for Row { truth, said } in &self.rows {
            let told = cut(&of_truth(truth));
            write!(formatter, "\n{:<10} {:<14} {told:<WIDTH$}", truth.place(), truth.daemon)?;
            for (said, marks) in said {
                write!(formatter, " {} {:<WIDTH$}", letters(*marks), cut(&of_said(said)))?;
            }
        }
        writeln!(formatter, "\n\n{LEGEND}\n")?;
        for (column, (name, took)) in self.asked.iter().enumerate() {
            write!(formatter, "{name:<10}{:>6.1} s", took.as_secs_f64())?;
            for (topic, name) in TOPICS.iter().enumerate() {
                write!(formatter, "   {name}: {}", self.score(column, topic))?;
            }
            writeln!(formatter)?;
        }
        for row in &self.rows {
            for fault in row.faults() {
                let Truth { daemon, .. } = row.truth;
                write!(formatter, "\nfault: {} {daemon}: {fault}", row.truth.place())?;
            }
        }
        Ok(())
    }
}

fn letters(marks: Marks) -> String {
    let letter = |mark: &Mark| match mark {
        Mark::Right => '=',
        Mark::Missing => '-',
        Mark::Wrong => '!',
        Mark::Nothing => ' ',
    };
    marks.iter().map(letter).collect()
}

fn of_truth(truth: &Truth) -> String {
    let product = truth.products.first().filter(|_| truth.shows_product);
    let secure = if truth.tls == Tls::Yes { "tls+" } else { "" };
    let words = [product.copied(), truth.version.as_deref(), Some(&truth.notes.join(","))];
    let protocol = truth.protocols.first().copied().unwrap_or_default();
    sentence(&format!("{secure}{protocol}"), &words)
}

fn of_said(said: &Said) -> String {
    let Said { state, protocol, tls, product, version, notes } = said;
    let secure = if *tls { "tls+" } else { "" };
    let notes = notes.as_deref().unwrap_or_default().join(",");
    let words = [product.as_deref(), version.as_deref(), Some(&notes)];
    let start =
        protocol.as_deref().map_or_else(|| format!("({state})"), |it| format!("{secure}{it}"));
    sentence(&start, &words)
}

fn sentence(start: &str, words: &[Option<&str>]) -> String {
    let words = words.iter().flatten().filter(|word| !word.is_empty());
    std::iter::once(&start).chain(words).copied().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    text.chars().take(WIDTH).collect()
}
