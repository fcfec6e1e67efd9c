//! How the pages look in the hands of their operator: a logo in their head and a colour of the operator's
//! own. Both are read once, at the start, and made into what pages load. Knows no page and no request.

mod logo;

pub use logo::{LogoError, MOST_BYTES};

use data_encoding::HEXLOWER;
use klinke_shared::{Accent, Rgb, Tones};
use logo::{Logo, Shape};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// So many bytes of a hash tell two versions of a content apart.
const VERSION: usize = 8;

/// Something that pages load, at an address of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub content: Vec<u8>,
    /// Tells it from any other content: 16 hexadecimal digits.
    pub version: String,
}

/// What an operator set for the eye.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The logo.
    pub logo: Option<Served>,
    /// A style sheet that overrules the page's own; nothing where nothing is set.
    pub style: Option<Served>,
}

impl Look {
    /// Where the logo is.
    pub const LOGO: &str = "/operator/logo";
    /// Where the style sheet is.
    pub const STYLE: &str = "/operator/style.css";

    /// Reads the logo and finds the tones of the accent; the log says where they are not as wished.
    ///
    /// # Errors
    /// When the file of the logo cannot be read or is none that pages can show.
    pub fn open(logo: Option<&Path>, accent: Option<Rgb>) -> Result<Self, LogoError> {
        let logo = logo.map(Logo::read).transpose()?;
        let accent = accent.map(Accent::of);
        for change in accent.into_iter().flat_map(Accent::changes) {
            tracing::info!("operator.accent: {change}");
        }
        let style = style(accent, logo.as_ref().map(|logo| logo.shape));
        Ok(Self {
            logo: logo.map(|logo| Served::new(logo.media_type, logo.content)),
            style: style.map(|style| Served::new("text/css; charset=utf-8", style.into_bytes())),
        })
    }

    /// The address of the logo as a browser may keep it; empty where there is none.
    #[must_use]
    pub fn logo_address(&self) -> String {
        address(Self::LOGO, self.logo.as_ref())
    }

    /// The same for the style sheet.
    #[must_use]
    pub fn style_address(&self) -> String {
        address(Self::STYLE, self.style.as_ref())
    }
}

impl Served {
    fn new(media_type: &'static str, content: Vec<u8>) -> Self {
        let version = HEXLOWER.encode(&Sha256::digest(&content)[..VERSION]);
        Self { media_type, content, version }
    }

    /// What follows the question mark in an address that means just this content.
    #[must_use]
    pub fn query(&self) -> String {
        format!("v={}", self.version)
    }
}

fn address(path: &str, served: Option<&Served>) -> String {
    served.map_or_else(String::new, |served| format!("{path}?{}", served.query()))
}

/// The tokens of the page's `tokens.css` in other colours, and how wide the logo is, so that its place is kept
/// before it is there.
fn style(accent: Option<Accent>, shape: Option<Shape>) -> Option<String> {
    let tokens = |Tones { main, strong, on }: Tones| {
        format!(":root{{--main:{main};--main-strong:{strong};--on-main:{on}}}")
    };
    let accent = accent.map(|accent| {
        let (light, dark) = (tokens(accent.light), tokens(accent.dark));
        // For those who asked for more contrast the page's own colours are made, and no other.
        format!(
            "@media not all and (prefers-contrast: more){{{light}\n\
             @media (prefers-color-scheme: dark){{{dark}}}}}\n"
        )
    });
    let logo =
        shape.map(|Shape { width, height }| format!(".logo{{aspect-ratio:{width}/{height}}}\n"));
    let rules: Vec<String> = accent.into_iter().chain(logo).collect();
    (!rules.is_empty()).then(|| rules.concat())
}

#[cfg(test)]
mod tests {
    use super::Look;
    use klinke_shared::Rgb;
    use std::io::Write as _;

    #[test]
    fn where_nothing_is_set_nothing_is_loaded() {
        let look = Look::open(None, None).unwrap();
        assert_eq!(look, Look::default());
        assert_eq!((look.logo_address(), look.style_address()), (String::new(), String::new()));
    }

    #[test]
    fn a_colour_gives_the_tokens_for_both_schemes() {
        let look = Look::open(None, Rgb::parse("#0057b8")).unwrap();
        let style = String::from_utf8(look.style.unwrap().content).unwrap();
        let (light, dark) = style.split_once("@media (prefers-color-scheme: dark)").unwrap();
        assert!(light.contains("{:root{--main:#0057b8;--main-strong:#"), "{style}");
        assert!(dark.contains("{:root{--main:#") && !dark.contains("#0057b8"), "{style}");
    }

    #[test]
    fn a_logo_keeps_its_place_and_each_logo_has_an_address_of_its_own() {
        let look = |svg: &str| {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(svg.as_bytes()).unwrap();
            Look::open(Some(file.path()), None).unwrap()
        };
        let wide = look(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40.5"/>"#);
        assert_eq!(wide.style.clone().unwrap().content, b".logo{aspect-ratio:120/40.5}\n");
        let other = look(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"/>"#);
        assert!(wide.logo_address().starts_with("/operator/logo?v="), "{}", wide.logo_address());
        assert_ne!(wide.logo_address(), other.logo_address());
        assert_ne!(wide.style_address(), other.style_address());
    }
}
