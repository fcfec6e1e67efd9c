//! The verdict: a sentence, a colour and a sign, which all say the same.

use super::{element, heading, icon, say};
use klinke_shared::{Judged, Texts};
use yew::Html;

/// The verdict and what it means.
pub fn verdict(texts: &Texts, judged: &Judged, ahead_of_utc: i64) -> Html {
    let Judged { report, verdict, .. } = judged;
    let lines = report.checked(texts).iter().map(|line| checked(&line.whole, &line.part)).collect();
    let plate = Plate {
        title: &report.title(ahead_of_utc, texts),
        colour: verdict.colour.as_str(),
        sign: vec![icon(verdict.colour.into())],
        sentence: &verdict.sentence(texts),
        meaning: verdict.meaning(texts),
        lines,
    };
    plate.drawn()
}

/// A verdict whose words are known.
pub struct Plate<'a> {
    /// Of what it is, and when.
    pub title: &'a str,
    /// Its colour's name.
    pub colour: &'a str,
    /// Its sign.
    pub sign: Vec<Html>,
    /// The verdict in one sentence.
    pub sentence: &'a str,
    /// What it means.
    pub meaning: &'a str,
    /// What was checked.
    pub lines: Vec<Html>,
}

impl Plate<'_> {
    /// The verdict under its title, which is that of the page.
    pub fn drawn(self) -> Html {
        element("div", &["verdict ", self.colour].concat()).holding([
            heading("verdict__title", self.title),
            element("div", "verdict__sign").holding(self.sign),
            element("h2", "verdict__sentence")
                .with("id", "verdict")
                .with("tabindex", "-1")
                .saying(self.sentence),
            say("p", "verdict__meaning", self.meaning),
            self.lines.into_iter().collect(),
        ])
    }
}

/// What was checked, on the screen and on paper.
pub fn checked(whole: &str, part: &str) -> Html {
    element("p", "verdict__checked")
        .holding([say("span", "whole", whole), say("span", "part", part)])
}
