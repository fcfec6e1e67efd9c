//! A logo from a file: whether it is a picture that pages can show, by what is in it and not by its name, and
//! which shape it has. Does not draw it, and believes nothing else that the file says.

use roxmltree::{Document, Node, ParsingOptions};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The largest logo, in bytes: every visitor loads it before the first button. A drawing has a few thousand.
pub const MOST_BYTES: usize = 64 * 1024;

/// A logo that pages can show.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Logo {
    pub(super) media_type: &'static str,
    pub(super) content: Vec<u8>,
    pub(super) shape: Shape,
}

/// How wide a picture is for its height; the unit does not matter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Why a file cannot be the logo.
#[derive(Debug, thiserror::Error)]
#[error(
    "operator.logo = {path}: {reason}. Accepted is a picture in SVG, PNG or WebP of at most {} KiB",
    MOST_BYTES / 1024
)]
pub struct LogoError {
    /// The file.
    path: String,
    /// What is wrong with it.
    reason: Unfit,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
enum Unfit {
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    #[error("it is larger")]
    TooLarge,
    #[error("it is none of these")]
    NoPicture,
    #[error("it is no whole SVG: {0}")]
    BrokenDrawing(#[from] roxmltree::Error),
    #[error("it does not say how large it is; an SVG needs a viewBox, or a width and a height")]
    Shapeless,
}

impl Logo {
    /// Reads a logo.
    pub(super) fn read(path: &Path) -> Result<Self, LogoError> {
        let logo = content(path).and_then(Self::of);
        logo.map_err(|reason| LogoError { path: path.display().to_string(), reason })
    }

    fn of(content: Vec<u8>) -> Result<Self, Unfit> {
        let (media_type, shape) = if content.starts_with(b"\x89PNG\r\n\x1a\n") {
            ("image/png", png(&content))
        } else if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
            ("image/webp", webp(&content))
        } else {
            ("image/svg+xml", svg(&content)?)
        };
        let shape = shape.filter(Shape::is_one).ok_or(Unfit::Shapeless)?;
        Ok(Self { media_type, content, shape })
    }
}

impl Shape {
    fn is_one(&self) -> bool {
        [self.width, self.height].iter().all(|side| side.is_finite() && *side > 0.0)
    }
}

fn content(path: &Path) -> Result<Vec<u8>, Unfit> {
    let mut content = Vec::new();
    File::open(path)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut content)?;
    if content.len() > MOST_BYTES { Err(Unfit::TooLarge) } else { Ok(content) }
}

/// PNG, third edition, 11.2.1: the first chunk begins with width and height.
fn png(content: &[u8]) -> Option<Shape> {
    let header = content.get(12..)?.strip_prefix(b"IHDR")?;
    let side = |at: usize| Some(u32::from_be_bytes(*header.get(at..)?.first_chunk()?).into());
    Some(Shape { width: side(0)?, height: side(4)? })
}

/// RFC 9649, 2.5 to 2.7: each of three kinds says its width and height in another way.
fn webp(content: &[u8]) -> Option<Shape> {
    let bits = |at: usize, count: u8| {
        let four = content.get(at..at + usize::from(count.div_ceil(8)))?;
        let number = four.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        Some(number & ((1 << count) - 1))
    };
    let (width, height) = match content.get(12..16)? {
        b"VP8 " => (bits(26, 14)?, bits(28, 14)?),
        b"VP8L" => {
            let both = bits(21, 28)?;
            ((both & 0x3fff) + 1, (both >> 14) + 1)
        }
        b"VP8X" => (bits(24, 24)? + 1, bits(27, 24)? + 1),
        _ => return None,
    };
    Some(Shape { width: width.into(), height: height.into() })
}

/// A drawing is XML whose root is an `svg`. Programs for drawing write a document type before it.
fn svg(content: &[u8]) -> Result<Option<Shape>, Unfit> {
    let text = std::str::from_utf8(content).map_err(|_| Unfit::NoPicture)?;
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Err(Unfit::NoPicture);
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let drawing = Document::parse_with_options(text, options)?;
    let root = drawing.root_element();
    if root.has_tag_name(("http://www.w3.org/2000/svg", "svg")) {
        Ok(measures(root).or_else(|| view_box(root)))
    } else {
        Err(Unfit::NoPicture)
    }
}

/// Width and height, if both are said in the same unit.
fn measures(root: Node<'_, '_>) -> Option<Shape> {
    let measure = |name: &str| {
        let text = root.attribute(name)?.trim();
        let end = text.find(|sign: char| !sign.is_ascii_digit() && sign != '.');
        let (number, unit) = text.split_at(end.unwrap_or(text.len()));
        Some((number.parse().ok()?, unit)).filter(|_| unit != "%")
    };
    let ((width, unit), (height, other)) = (measure("width")?, measure("height")?);
    (unit == other).then_some(Shape { width, height })
}

fn view_box(root: Node<'_, '_>) -> Option<Shape> {
    let parts = root.attribute("viewBox")?.split([' ', ',', '\t', '\r', '\n']);
    let numbers: Option<Vec<f64>> =
        parts.filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
    match numbers?.as_slice() {
        [_, _, width, height] => Some(Shape { width: *width, height: *height }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Logo, MOST_BYTES};
    use base64::Engine as _;
    use std::io::Write as _;

    /// Pictures of 30 by 10 that Chromium made: PNG, then WebP without and with loss, and the beginning of one
    /// with a profile of colours.
    const PICTURES: [(&str, &str); 4] = [
        (
            "image/png",
            "iVBORw0KGgoAAAANSUhEUgAAAB4AAAAKCAYAAACjd+4vAAAAKklEQVR4AezQsQ0AAAgCQcKSrup2OoXSPAn1J2dVT+JWaITf4KGG+kxg\
             AQAA//+6zVp5AAAABklEQVQDAN5IPbnWNToqAAAAAElFTkSuQmCC",
        ),
        ("image/webp", "UklGRhwAAABXRUJQVlA4TBAAAAAvHUACAAfQqyhu/wMR0f8A"),
        (
            "image/webp",
            "UklGRkIAAABXRUJQVlA4IDYAAAAQAwCdASoeAAoAPtFUo0uoJKMhsAgBABoJQBai0AAQNgAA/uwmX+rt2szx7/rUyMfPwiUAAAA=",
        ),
        ("image/webp", "UklGRiQCAABXRUJQVlA4WAoAAAAgAAAAHQAACQAA"),
    ];

    const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\"";

    fn read(content: &[u8]) -> Result<Logo, String> {
        let mut file = tempfile::Builder::new().suffix(".jpg").tempfile().unwrap();
        file.write_all(content).unwrap();
        Logo::read(file.path()).map_err(|error| error.to_string())
    }

    fn refused(content: &[u8], reason: &str) {
        let error = read(content).unwrap_err();
        assert!(error.starts_with("operator.logo = /"), "{error}");
        assert!(error.contains(reason), "“{reason}” is missing in: {error}");
        assert!(
            error.ends_with("Accepted is a picture in SVG, PNG or WebP of at most 64 KiB"),
            "{error}"
        );
    }

    #[test]
    fn a_picture_is_known_by_its_bytes_and_its_shape_is_read() {
        for (media_type, base64) in PICTURES {
            let content = base64::engine::general_purpose::STANDARD.decode(base64).unwrap();
            let logo = read(&content).unwrap();
            assert_eq!(
                (logo.media_type, logo.shape.width, logo.shape.height),
                (media_type, 30.0, 10.0)
            );
            assert_eq!(logo.content, content);
            refused(&content[..20], "it does not say how large it is");
        }
    }

    #[test]
    fn a_drawing_has_the_shape_of_its_measures_or_else_of_its_view_box() {
        for (attributes, shape) in [
            ("viewBox='0 0 30 10'", (30.0, 10.0)),
            ("viewBox='-5,-5, 3e1 \n10.5'", (30.0, 10.5)),
            ("width='60' height='20' viewBox='0 0 1 1'", (60.0, 20.0)),
            ("width=' 60.5mm ' height='20mm'", (60.5, 20.0)),
            ("width='100%' height='100%' viewBox='0 0 30 10'", (30.0, 10.0)),
            ("width='60px' height='2em' viewBox='0 0 30 10'", (30.0, 10.0)),
        ] {
            let begin = "\u{feff}<?xml version='1.0'?>\n<!DOCTYPE svg>\n<!-- drawn -->\n";
            let logo =
                read(format!("{begin}<svg {SVG} {attributes}><g/></svg>").as_bytes()).unwrap();
            assert_eq!(
                (logo.media_type, logo.shape.width, logo.shape.height),
                ("image/svg+xml", shape.0, shape.1)
            );
        }
    }

    #[test]
    fn what_pages_cannot_show_is_refused_with_the_reason() {
        let refused_drawing = |text: &str, reason| refused(text.as_bytes(), reason);
        refused(b"\xff\xd8\xff\xe0\0\x10JFIF", "it is none of these");
        refused(b"GIF89a", "it is none of these");
        refused(b"", "it is none of these");
        refused_drawing("<html><body/></html>", "it is none of these");
        refused_drawing("<svg viewBox='0 0 30 10'/>", "it is none of these");
        refused_drawing(&format!("<svg {SVG} viewBox='0 0 30 10'><g>"), "it is no whole SVG: ");
        for attributes in
            ["", "width='5'", "viewBox='0 0 30'", "viewBox='0 0 0 10'", "viewBox='0 0 NaN 1'"]
        {
            refused_drawing(
                &format!("<svg {SVG} {attributes}/>"),
                "it does not say how large it is",
            );
        }
        let padded = |bytes: usize| {
            let drawing = format!("<svg {SVG} viewBox='0 0 30 10'/>");
            drawing.clone() + &" ".repeat(bytes - drawing.len())
        };
        assert!(read(padded(MOST_BYTES).as_bytes()).is_ok());
        refused_drawing(&padded(MOST_BYTES + 1), "it is larger");
        let error = Logo::read("/nowhere/logo.svg".as_ref()).unwrap_err().to_string();
        assert!(
            error.starts_with("operator.logo = /nowhere/logo.svg: it cannot be read: No such file"),
            "{error}"
        );
    }
}
