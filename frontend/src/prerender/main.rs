//! Writes every page as plain HTML, in both languages, out of what Trunk built: the same components
//! as in the browser, so the pages can be read before, and without, any script. Runs once at build
//! time; knows nothing of the server that will send these files.
//!
//! `klinke-prerender dist` makes `dist/pages/{de,en}/{start,limits,check,not-found}.html`, the files
//! of texts and one style sheet, and takes away Trunk's `index.html`.

mod head;
mod markup;
mod styles;

use anyhow::{Context, Result};
use klinke_shared::{CheckId, Language, PageRoute, Route, Texts};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Stands for whichever check is asked for; the page reads the real name from its address.
const SOME_CHECK: CheckId = CheckId::from_random([0; 16]);

/// The pages and the names of their files.
const PAGES: [(&str, Route); 4] = [
    ("start", Route::Start),
    ("limits", Route::Limits),
    ("check", Route::Check(SOME_CHECK)),
    ("not-found", Route::NotFound),
];

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stderr, reason = "a tool of the build tells the person who runs it")]
async fn main() -> ExitCode {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "dist".to_owned());
    match write_all(Path::new(&folder)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("klinke-prerender: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn write_all(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let template = fs::read_to_string(&index)
        .with_context(|| format!("{}: cannot be read; run trunk build first", index.display()))?;
    let template = styles::joined(&template, dist)?;
    fs::create_dir_all(dist.join("texts"))?;
    for language in Language::ALL {
        fs::write(dist.join("texts").join(Texts::file_name(language)), Texts::json(language))?;
        let folder = dist.join("pages").join(language.code());
        fs::create_dir_all(&folder)?;
        for (name, route) in PAGES {
            let page = whole(&template, PageRoute { language, route }).await?;
            fs::write(folder.join(format!("{name}.html")), page)?;
        }
    }
    fs::remove_file(&index)?;
    Ok(())
}

async fn whole(template: &str, page: PageRoute) -> Result<String> {
    let texts = Texts::from_json(Texts::json(page.language))?;
    let page_with_head = head::filled(template, page, &texts)?;
    let body = markup::of(page).await?;
    head::replaced(&page_with_head, markup::PLACE, &format!("<div id=\"app\">{body}</div>"))
}
