//! Colours as screens show them, how well one can be read on another (WCAG 2.2), and how one becomes
//! lighter or darker and keeps its hue. Does not know what any colour is for.

use std::fmt;

/// A colour in sRGB: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// The least contrast of a text to its ground (WCAG 2.2, 1.4.3, level AA).
    pub const LEAST_CONTRAST: f64 = 4.5;

    /// From `#rrggbb`; nothing from anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        // A sign before it would be a number as well.
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let [_, red, green, blue] =
            u32::from_str_radix(digits, 16).ok().filter(|_| plain)?.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// How well one of two colours can be read on the other: from 1, not at all, to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The relative luminance as WCAG 2.2 defines it, from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A colour as eyes see it, in Oklab: lightness from 0 to 1, and two axes that together are hue and
/// strength. At one lightness, hues look equally light, which HSL does not give.
/// Source: Björn Ottosson, “A perceptual color space for image processing”, 2020.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Seen {
    pub(crate) lightness: f64,
    axes: [f64; 2],
}

impl From<Rgb> for Seen {
    fn from(colour: Rgb) -> Self {
        const CONES: [[f64; 3]; 3] = [
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ];
        const SEEN: [[f64; 3]; 3] = [
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ];
        let cones = times(&CONES, colour.0.map(linear)).map(f64::cbrt);
        let [lightness, axes @ ..] = times(&SEEN, cones);
        Self { lightness, axes }
    }
}

impl Seen {
    /// The colour of the same hue at that lightness, as strong as a screen can show it there and no
    /// stronger than this one. Without any strength it is a grey, which every screen shows.
    pub(crate) fn at(self, lightness: f64) -> Rgb {
        let weaker = |part: f64| {
            Self { lightness, axes: self.axes.map(|axis| axis * (1.0 - part)) }.on_screen()
        };
        weaker(least(|part| weaker(part).is_some())).unwrap_or(Rgb([0; 3]))
    }

    /// The colour, if screens have it.
    fn on_screen(self) -> Option<Rgb> {
        const CONES: [[f64; 3]; 3] = [
            [1.0, 0.396_337_777_4, 0.215_803_757_3],
            [1.0, -0.105_561_345_8, -0.063_854_172_8],
            [1.0, -0.089_484_177_5, -1.291_485_548_0],
        ];
        const LIGHT: [[f64; 3]; 3] = [
            [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
            [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
            [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
        ];
        /// Half a step of 8 bits: what lies so little outside is a matter of rounding.
        const MARGIN: f64 = 0.5 / 255.0;
        let [one, other] = self.axes;
        let cones = times(&CONES, [self.lightness, one, other]).map(|cone| cone.powi(3));
        let parts = times(&LIGHT, cones).map(encoded);
        let shown = parts.iter().all(|part| (-MARGIN..=1.0 + MARGIN).contains(part));
        shown.then(|| Rgb(parts.map(byte)))
    }
}

/// The least part of a way, from 0 to 1, from which on something holds. At the end it does.
pub(crate) fn least(holds: impl Fn(f64) -> bool) -> f64 {
    /// Finer than a step of 8 bits.
    const HALVINGS: u8 = 12;
    if holds(0.0) {
        return 0.0;
    }
    let (_, least) = (0..HALVINGS).fold((0.0, 1.0), |(not, yes), _| {
        let middle = f64::midpoint(not, yes);
        if holds(middle) { (not, middle) } else { (middle, yes) }
    });
    least
}

fn times(matrix: &[[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(one, other)| one * other).sum())
}

/// How much light a part of a colour is, from 0 to 1 (IEC 61966-2-1).
fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// The other way round.
fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is a whole number from 0 to 255"
)]
fn byte(part: f64) -> u8 {
    (part * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::{Rgb, Seen};

    #[test]
    fn only_six_hexadecimal_digits_after_a_hash_are_a_colour() {
        assert_eq!(Rgb::parse("#1D5450"), Some(Rgb([0x1d, 0x54, 0x50])));
        for wrong in
            ["", "#", "1d5450", "#1d545", "#1d54500", "#+d5450", "#gg5450", "red", "#ä5450"]
        {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |one: [u8; 3], other| Rgb(one).contrast(Rgb(other));
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([255; 3], [255; 3]) - 1.0).abs() < 1e-9);
        // #767676 is known as the lightest grey that can be read on white, with 4.54.
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.005);
        assert!(contrast([0x77; 3], [255; 3]) < Rgb::LEAST_CONTRAST);
    }

    #[test]
    fn a_colour_at_its_own_lightness_is_itself() {
        for part in 0..=u8::MAX {
            let others = [part.wrapping_mul(7), part.wrapping_mul(31)];
            let colour = Rgb([part, others[0], others[1]]);
            let seen = Seen::from(colour);
            assert_eq!(seen.at(seen.lightness), colour);
        }
    }

    #[test]
    fn lighter_and_darker_keep_the_hue() {
        let hue = |colour: Rgb| {
            let [one, other] = Seen::from(colour).axes;
            other.atan2(one)
        };
        for colour in [[0, 0, 255], [255, 204, 0], [200, 16, 46], [0, 120, 90], [120, 0, 160]] {
            for lightness in [0.3, 0.5, 0.7, 0.85] {
                let other = Seen::from(Rgb(colour)).at(lightness);
                assert!((Seen::from(other).lightness - lightness).abs() < 0.01, "{other}");
                assert!((hue(other) - hue(Rgb(colour))).abs() < 0.06, "{}: {other}", Rgb(colour));
            }
        }
    }
}
