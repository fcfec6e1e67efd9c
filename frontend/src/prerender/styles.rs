//! Joins the style sheets that Trunk linked, in their order, to one file: one request, and still
//! one file per part for people. After it comes that of the operator, if there is one.

use anyhow::{Context, Result};
use klinke_page::reading::word;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// The template with one link to one style sheet.
pub(crate) fn joined(template: &str, dist: &Path) -> Result<String> {
    let (mut rest, mut page, mut styles) = (template, String::new(), String::new());
    let mut place = None;
    while let Some(start) = rest.find("<link") {
        let end = start + rest[start..].find('>').context("a <link has no end")? + 1;
        page.push_str(&rest[..start]);
        let link = &rest[start..end];
        if link.contains("stylesheet") {
            place.get_or_insert(page.len());
            let file = dist.join(href(link)?.trim_start_matches('/'));
            styles += &fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            fs::remove_file(&file)?;
        } else {
            page.push_str(link);
        }
        rest = &rest[end..];
    }
    page.push_str(rest);
    let mut hasher = DefaultHasher::new();
    styles.hash(&mut hasher);
    let name = format!("klinke-{:016x}.css", hasher.finish());
    fs::write(dist.join(&name), styles)?;
    let place = place.context("the template links no style sheet")?;
    page.insert_str(place, &format!("<link rel=\"stylesheet\" href=\"/{name}\">{}", of_operator()));
    Ok(page)
}

/// The link to what the server makes of its settings, which overrules the rest.
fn of_operator() -> String {
    let style = word("operator.style");
    format!("{{% if operator.style %}}<link rel=\"stylesheet\" href=\"{style}\">{{% endif %}}")
}

fn href(link: &str) -> Result<&str> {
    let (_, rest) = link.split_once("href=").context("a style sheet has no href")?;
    let rest = rest.trim_start_matches('"');
    let end = rest.find(['"', ' ', '>']).context("a style sheet's href has no end")?;
    Ok(&rest[..end])
}
