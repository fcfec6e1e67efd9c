//! The contrast of the palette, computed as WCAG 2.2 says (1.4.3), so that neither a new shade nor an
//! operator's own colour can make a text unreadable.
#![expect(clippy::unwrap_used, reason = "a style sheet that cannot be read has failed the test")]

use klinke_shared::{Accent, Rgb};
use std::collections::HashMap;

const TOKENS: &str = include_str!("../styles/tokens.css");
/// The least contrast where a visitor asked for more of it (WCAG 2.2, 1.4.6, level AAA).
const LEAST_OF_MORE: f64 = 7.0;

/// Text and the grounds it stands on.
const PAIRS: [(&str, &[&str]); 11] = [
    ("ink", &["paper", "sheet", "green-ground", "yellow-ground", "red-ground", "grey-ground"]),
    ("soft", &["paper", "sheet", "facade"]),
    ("brass", &["paper", "sheet"]),
    ("main", &["paper", "sheet"]),
    ("main-strong", &["paper", "sheet"]),
    ("on-main", &["main", "main-strong"]),
    ("green", &["green-ground", "sheet"]),
    ("yellow", &["yellow-ground", "sheet"]),
    ("red", &["red-ground", "sheet"]),
    ("grey", &["grey-ground", "sheet"]),
    ("on-glow", &["glow"]),
];

type Palette = HashMap<&'static str, Rgb>;

/// The palettes as they stand in the styles: by day, by night, and what both change for more contrast.
fn palettes() -> [Palette; 4] {
    let parts: Vec<Palette> = TOKENS.split("@media").map(colours).collect();
    let [day, night, more, more_by_night] = parts.try_into().unwrap();
    let night = over(&day, &night);
    [over(&day, &more), over(&over(&night, &more), &more_by_night), day, night]
}

fn over(below: &Palette, above: &Palette) -> Palette {
    below.iter().chain(above).map(|(name, colour)| (*name, *colour)).collect()
}

fn colours(css: &'static str) -> Palette {
    let lines = css.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
    let colours =
        lines.filter_map(|(name, value)| Some((name, Rgb::parse(value.trim_end_matches(';'))?)));
    colours.collect()
}

/// The pairs that cannot be read in a palette.
fn unreadable(palette: &Palette, least: f64) -> Vec<String> {
    let mut unreadable = Vec::new();
    for (text, grounds) in PAIRS {
        for ground in grounds {
            let contrast = palette[text].contrast(palette[ground]);
            if contrast < least {
                unreadable.push(format!("--{text} on --{ground} has only {contrast:.2}"));
            }
        }
    }
    unreadable
}

#[test]
fn every_text_can_be_read_on_its_ground_by_day_and_by_night() {
    let [more, more_by_night, day, night] = palettes();
    for (palette, least) in [
        (day, Rgb::LEAST_CONTRAST),
        (night, Rgb::LEAST_CONTRAST),
        (more, LEAST_OF_MORE),
        (more_by_night, LEAST_OF_MORE),
    ] {
        assert_eq!(unreadable(&palette, least), <[String; 0]>::default());
    }
}

/// The page in an operator's colour.
fn palettes_with(accent: Accent) -> [Palette; 2] {
    let [.., day, night] = palettes();
    let mut palettes = [day, night];
    for (palette, tones) in palettes.iter_mut().zip([accent.light, accent.dark]) {
        palette.extend([
            ("main", tones.main),
            ("main-strong", tones.strong),
            ("on-main", tones.on),
        ]);
    }
    palettes
}

#[test]
fn every_text_can_be_read_in_whatever_colour_an_operator_sets() {
    let parts = [0, 51, 102, 153, 204, 255];
    let all =
        parts.into_iter().flat_map(|red| parts.map(|green| parts.map(|blue| [red, green, blue])));
    for wished in all.flatten().map(Rgb) {
        for palette in palettes_with(Accent::of(wished)) {
            assert_eq!(
                unreadable(&palette, Rgb::LEAST_CONTRAST),
                <[String; 0]>::default(),
                "{wished}"
            );
            assert_ne!(palette["main"], palette["main-strong"], "{wished}");
        }
    }
}

#[test]
fn a_colour_that_can_be_read_is_taken_as_it_is_and_no_other_is_changed_more_than_it_must_be() {
    for (wished, [light, dark]) in
        [("#1d5450", [true, false]), ("#93cfc5", [false, true]), ("#6e7f80", [false, false])]
    {
        let accent = Accent::of(Rgb::parse(wished).unwrap());
        assert_eq!(
            [accent.light, accent.dark].map(|tones| tones.main == accent.wished),
            [light, dark],
            "{wished}"
        );
        let [by_day, by_night] = palettes_with(accent);
        for (kept, palette, nearest) in [(light, by_day, "paper"), (dark, by_night, "sheet")] {
            let contrast = palette["main"].contrast(palette[nearest]);
            assert!(kept || contrast < Rgb::LEAST_CONTRAST + 0.15, "{wished}: {contrast}");
        }
    }
}
