//! The pages in the hands of an operator: their logo, their colour, their sentence.

use crate::harness::{Running, get, json, serve, text};
use klinke_shared::api::Site;
use std::io::Write as _;

const LOGO: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><script>alert(1)</script></svg>"#;

fn logo() -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(LOGO.as_bytes()).unwrap();
    file
}

fn site(server: &Running) -> Site {
    json(get(&server.url("/api/site"), &[]))
}

#[test]
fn the_logo_is_served_as_a_picture_that_can_do_nothing() {
    let file = logo();
    let server = serve(&[("operator.logo", file.path().to_str().unwrap())]);
    let address = site(&server).operator.logo;
    let (path, version) = address.split_once("?v=").unwrap();
    assert_eq!((path, version.len()), ("/operator/logo", 16));
    let kept = get(&server.url(&address), &[]);
    assert_eq!(kept.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(kept.headers()["content-type"], "image/svg+xml");
    assert_eq!(
        kept.headers()["content-security-policy"],
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    );
    assert_eq!(kept.headers()["x-content-type-options"], "nosniff");
    assert_eq!(text(kept), LOGO);
    for other in ["/operator/logo", "/operator/logo?v=0123456789abcdef"] {
        let asked = get(&server.url(other), &[]);
        assert_eq!(asked.headers()["cache-control"], "no-cache");
        let tag = asked.headers()["etag"].to_str().unwrap().to_owned();
        assert_eq!(get(&server.url(other), &[("if-none-match", &tag)]).status(), 304);
        assert_eq!(get(&server.url(other), &[("if-none-match", "\"other\"")]).status(), 200);
    }
}

#[test]
fn the_style_sheet_has_the_colour_and_the_shape_of_the_logo() {
    let file = logo();
    let server =
        serve(&[("operator.accent", "#ffcc00"), ("operator.logo", file.path().to_str().unwrap())]);
    let style = get(&server.url("/operator/style.css"), &[]);
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    let style = text(style);
    let (light, dark) = style.split_once("@media (prefers-color-scheme: dark)").unwrap();
    assert!(
        light.contains("--main:#") && !light.contains("#ffcc00"),
        "not readable by day: {style}"
    );
    assert!(dark.contains("--main:#ffcc00"), "readable by night: {style}");
    assert!(style.contains(".logo{aspect-ratio:120/40}"), "{style}");
}

#[test]
fn an_operator_who_sets_nothing_has_none_of_it() {
    let server = serve(&[]);
    let operator = site(&server).operator;
    assert_eq!(
        [operator.logo, operator.sentence_de, operator.sentence_en],
        <[String; 3]>::default()
    );
    for path in ["/operator/logo", "/operator/style.css", "/operator/logo?v=0123456789abcdef"] {
        assert_eq!(get(&server.url(path), &[]).status(), 404, "{path}");
    }
}

#[test]
fn the_sentences_are_told_as_they_were_set() {
    let words = ("<b>Rufen</b> Sie an & fragen Sie.", "Call & ask.");
    let server = serve(&[("operator.sentence_de", words.0), ("operator.sentence_en", words.1)]);
    let operator = site(&server).operator;
    assert_eq!((operator.sentence_de.as_str(), operator.sentence_en.as_str()), words);
}
