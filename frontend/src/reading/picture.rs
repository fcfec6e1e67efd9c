//! The picture of the three doors: one shut, one open with light behind it, one that does not answer.
//! Its parts have classes, so that its colours are those of the page in light and dark.

use crate::components::{element, say};
use klinke_shared::Texts;
use yew::Html;

/// The doors, each with its number and what it means.
pub(super) fn doors(texts: &Texts) -> Html {
    let doors = [
        (shut(), texts.picture_shut_title(), texts.picture_shut()),
        (open(), texts.picture_open_title(), texts.picture_open()),
        (silent(), texts.picture_silent_title(), texts.picture_silent()),
    ];
    let doors = doors.map(|(picture, title, words)| {
        element("li", "").key(title).holding([
            picture,
            say("strong", "", title),
            say("span", "", words),
        ])
    });
    element("figure", "door-picture").holding([element("ul", "").holding(doors)])
}

/// The frame of a door with what stands in it.
fn framed(inside: Vec<Html>) -> Html {
    let mut parts = vec![shape("picture__frame", "M12 116V10h76v106z")];
    parts.extend(inside);
    parts.push(shape("picture__floor", "M2 116h96"));
    element("svg", "picture")
        .with("viewBox", "0 0 100 120")
        .with("aria-hidden", "true")
        .with("focusable", "false")
        .holding(parts)
}

fn shape(class: &str, path: &str) -> Html {
    element("path", class).with("d", path).holding([])
}

fn shut() -> Html {
    framed(vec![
        shape("picture__leaf", "M18 116V16h64v100z"),
        shape("picture__panel", "M27 26h46v34H27zM27 70h46v38H27z"),
        shape("picture__handle", "M74 62h-13M74 58v10"),
    ])
}

fn open() -> Html {
    framed(vec![
        shape("picture__light", "M18 116V16h64v100z"),
        shape("picture__leaf", "M18 116V16l34 10v100z"),
        shape("picture__panel", "M25 30l20 6v30l-20-4zM25 74l20 4v34l-20-5z"),
        shape("picture__handle", "M47 70l-8-2M47 66v9"),
    ])
}

fn silent() -> Html {
    framed(vec![shape(
        "picture__wall",
        "M18 116V16h64v100zM18 41h64M18 66h64M18 91h64M50 16v25M34 41v25M66 41v25M50 66v25M34 91v25M66 91v25",
    )])
}
