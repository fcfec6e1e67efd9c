//! The mark and the signs of the page, drawn as SVG without any style of their own, so that the
//! page's strict rules for styles hold. Signs are decoration: words beside them say the same.

use super::{Element, element};
use klinke_shared::{Colour, Severity};
use yew::Html;

/// What a sign shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A tick: fine.
    Fine,
    /// An eye: to be looked at.
    Look,
    /// An open door: to be closed.
    Door,
    /// A question mark: cannot be said.
    Unknown,
}

impl From<Colour> for Shape {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Green => Self::Fine,
            Colour::Yellow => Self::Look,
            Colour::Red => Self::Door,
            Colour::Grey => Self::Unknown,
        }
    }
}

impl From<Severity> for Shape {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Info | Severity::Low => Self::Fine,
            Severity::Medium => Self::Look,
            Severity::High | Severity::Critical => Self::Door,
        }
    }
}

/// A sign.
pub fn icon(shape: Shape) -> Html {
    let path = match shape {
        Shape::Fine => "M5 12.5l4.5 4.5L19 7.5",
        Shape::Look => {
            "M2.5 12C5 7.8 8.3 5.7 12 5.7s7 2.1 9.5 6.3c-2.5 4.2-5.8 6.3-9.5 6.3S5 16.2 2.5 12zM12 9.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6z"
        }
        Shape::Door => "M3 21h18M6 21V3.5h12V21M6 3.5l7 3V24l-7-3M10.4 14v1.6",
        Shape::Unknown => "M8.2 9a3.9 3.9 0 117 2.5C14 13 12 13.300 12 15.800M12 19.600v.2",
    };
    drawing("icon", "0 0 24 24").holding([element("path", "").with("d", path).holding([])])
}

/// The mark: the handle of a door.
pub fn mark() -> Html {
    let plate = element("rect", "mark__plate").with("x", "6").with("y", "2");
    let part = |class, path| element("path", class).with("d", path).holding([]);
    drawing("mark", "0 0 32 32").holding([
        plate.with("width", "11").with("height", "28").with("rx", "5.5").holding([]),
        part("mark__lever", "M11.500 11h14.200a2.600 2.600 0 012.600 2.600v.7"),
        part(
            "mark__hole",
            "M11.500 19.500a1.900 1.900 0 011 3.500l.5 3h-3l.5-3a1.900 1.900 0 011-3.500z",
        ),
    ])
}

fn drawing(class: &str, view_box: &str) -> Element {
    element("svg", class)
        .with("viewBox", view_box)
        .with("aria-hidden", "true")
        .with("focusable", "false")
}
