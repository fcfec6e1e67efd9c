//! The drawings of the page. What they look like stands once in the file of every page
//! (`frontend/sprite.svg`), so that nothing of it is loaded with the program; their colours come from the
//! styles. Drawings are decoration: words beside them say the same.

use super::element;
use klinke_shared::{Colour, Family, Severity};
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

impl Shape {
    const fn name(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Look => "look",
            Self::Door => "door",
            Self::Unknown => "unknown",
        }
    }
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
    drawing("icon", shape.name())
}

/// The sign of a family of services; without one, that of all others.
pub fn family_icon(family: Option<Family>) -> Html {
    drawing("icon", family.map_or("other", Family::as_str))
}

/// The mark: the handle of a door.
pub fn mark() -> Html {
    drawing("mark", "mark")
}

/// A drawing, by its name in the sprite.
pub fn drawing(class: &str, name: &str) -> Html {
    let shape = element("use", "").with("href", &format!("#d-{name}")).holding([]);
    element("svg", class).with("aria-hidden", "true").holding([shape])
}
