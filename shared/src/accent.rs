//! An operator's own accent colour: what the page shows in its place, so that everything can be read in
//! the light and in the dark. Knows the page's grounds, and no style sheet.

use crate::rgb::{Rgb, Seen, least};
use std::fmt;

/// The colours that stand for `--main`, `--main-strong` and `--on-main` of the page's `tokens.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tones {
    /// Links, and the ground of buttons.
    pub main: Rgb,
    /// The same where it is pointed at.
    pub strong: Rgb,
    /// Words on either of them.
    pub on: Rgb,
}

/// The page by day or by night, as far as a colour has to be read on it: the values of its `tokens.css`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scheme {
    name: &'static str,
    /// `--paper` and `--sheet`, on which the accent stands as text.
    grounds: [Rgb; 2],
    /// The one of them that is further away from the accent: what can be read on it can be read under it.
    on: Rgb,
    /// Where the lightness goes until the accent can be read.
    away: f64,
}

/// By day.
const LIGHT: Scheme = Scheme {
    name: "light",
    grounds: [Rgb([0xfa, 0xf6, 0xef]), Rgb([0xff, 0xfd, 0xf9])],
    on: Rgb([0xff, 0xfd, 0xf9]),
    away: 0.0,
};

/// By night.
const DARK: Scheme = Scheme {
    name: "dark",
    grounds: [Rgb([0x1b, 0x18, 0x14]), Rgb([0x26, 0x22, 0x1c])],
    on: Rgb([0x1b, 0x18, 0x14]),
    away: 1.0,
};

/// How much further away the tone is that is pointed at: as far as Klinke's own are.
const STRONGER: f64 = 0.08;

/// An accent colour in both schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// As it was wished for.
    pub wished: Rgb,
    /// What is shown by day.
    pub light: Tones,
    /// What is shown by night.
    pub dark: Tones,
}

impl Accent {
    /// The tones for an accent, of its own hue.
    #[must_use]
    pub fn of(wished: Rgb) -> Self {
        Self { wished, light: LIGHT.tones(wished), dark: DARK.tones(wished) }
    }

    /// Where another colour is shown than was wished for, and why.
    pub fn changes(self) -> impl Iterator<Item = Change> {
        let change = move |(scheme, tones): (Scheme, Tones)| {
            let (wished, used) = (self.wished, tones.main);
            (wished != used).then_some(Change { scheme, wished, used })
        };
        [(LIGHT, self.light), (DARK, self.dark)].into_iter().filter_map(change)
    }
}

impl Scheme {
    fn tones(self, wished: Rgb) -> Tones {
        let main = self.readable(wished);
        let seen = Seen::from(main);
        let step = STRONGER.copysign(self.away - 0.5);
        let stronger = seen.lightness + step;
        // What is black or white already can only come nearer, and stays far enough away.
        let possible = (0.0..=1.0).contains(&stronger);
        let strong = seen.at(if possible { stronger } else { seen.lightness - step });
        Tones { main, strong, on: self.on }
    }

    /// The wished colour if it can be read here; else the nearest one of its hue that can. Black can be read
    /// by day, and white by night.
    fn readable(self, wished: Rgb) -> Rgb {
        let enough = |colour: Rgb| self.contrast(colour) >= Rgb::LEAST_CONTRAST;
        let seen = Seen::from(wished);
        let further = |part: f64| seen.at(seen.lightness + (self.away - seen.lightness) * part);
        if enough(wished) { wished } else { further(least(|part| enough(further(part)))) }
    }

    /// To the nearer of the grounds.
    fn contrast(self, colour: Rgb) -> f64 {
        let [one, other] = self.grounds.map(|ground| ground.contrast(colour));
        one.min(other)
    }
}

/// A colour that is not shown as it was wished for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    scheme: Scheme,
    wished: Rgb,
    used: Rgb,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, wished, used } = self;
        write!(
            f,
            "{wished} cannot be read on the page's {} ground: its contrast is {:.2}, and {} is needed. There {used} is \
             used, the same hue with {:.2}",
            scheme.name,
            scheme.contrast(*wished),
            Rgb::LEAST_CONTRAST,
            scheme.contrast(*used),
        )
    }
}
