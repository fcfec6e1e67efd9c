//! The contrast of the palette, computed as WCAG 2.2 says (1.4.3), so that a new shade cannot make
//! a text unreadable.
#![expect(clippy::unwrap_used, reason = "a style sheet that cannot be read has failed the test")]

use std::collections::HashMap;

const TOKENS: &str = include_str!("../styles/tokens.css");
/// The least contrast of text to its ground (WCAG 2.2, level AA).
const LEAST: f64 = 4.5;
/// The least where a visitor asked for more contrast (1.4.6, level AAA).
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

type Palette = HashMap<&'static str, [f64; 3]>;

/// The palettes, each with the contrast that it promises: by day, by night, and both with more of it.
fn palettes() -> [(Palette, f64); 4] {
    let parts: Vec<Palette> = TOKENS.split("@media").map(colours).collect();
    let [day, night, more, more_by_night] = parts.try_into().unwrap();
    let over = |below: &Palette, above: Palette| below.clone().into_iter().chain(above).collect();
    let by_night: Palette = over(&over(&day, night.clone()), more.clone());
    [
        (over(&day, more), LEAST_OF_MORE),
        (over(&by_night, more_by_night), LEAST_OF_MORE),
        (over(&day, night), LEAST),
        (day, LEAST),
    ]
}

fn colours(css: &'static str) -> Palette {
    let lines = css.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    lines.map(|(name, hex)| (name, rgb(hex.trim_end_matches(';')))).collect()
}

fn rgb(hex: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_can_be_read_on_its_ground_by_day_and_by_night() {
    for (palette, least) in palettes() {
        for (text, grounds) in PAIRS {
            for ground in grounds {
                let contrast = contrast(palette[text], palette[ground]);
                assert!(contrast >= least, "--{text} on --{ground} has only {contrast:.2}");
            }
        }
    }
}
