//! Writes every page as plain HTML, in both languages, out of what Trunk built: the same components
//! as in the browser, so the pages can be read before, and without, any script. Runs once at build
//! time; knows nothing of the server that will send these files, but for the names of the values that
//! it fills in.
//!
//! `klinke-prerender dist` makes `dist/pages/{de,en}/*.html`, the files of texts, one style sheet and what the
//! oldest browsers run, and takes away Trunk's `index.html`.

mod head;
mod markup;
mod scripts;
mod sprite;
mod styles;
mod template;

use anyhow::{Context, Result};
use klinke_shared::library::Article;
use klinke_shared::{CheckId, Language, PageRoute, Route, Texts, Tip, services};
use std::fs;
use std::num::NonZeroU16;
use std::path::Path;
use std::process::ExitCode;

/// Stands for whichever check is asked for; the page reads the real name from its address.
const SOME_CHECK: CheckId = CheckId::from_random([0xff; 16]);
/// Stands for whichever number is asked for.
const SOME_PORT: NonZeroU16 = NonZeroU16::MAX;

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

/// The pages, one of each kind of which one file serves many.
fn pages() -> impl Iterator<Item = Route> {
    let plain = [
        Route::Start,
        Route::Services,
        Route::Glossary,
        Route::Port(SOME_PORT),
        Route::Check(SOME_CHECK),
        Route::Check(CheckId::SAMPLE),
        Route::NotFound,
    ];
    let some_service = services().next().map(|(id, _)| Route::Service(id));
    let articles = Article::ALL.iter().copied().map(Route::Article);
    let tips = Tip::ALL.into_iter().map(Route::Tip);
    plain.into_iter().chain(some_service).chain(articles).chain(tips)
}

async fn write_all(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let template = fs::read_to_string(&index)
        .with_context(|| format!("{}: cannot be read; run trunk build first", index.display()))?;
    let template = styles::joined(&template, dist)?;
    scripts::write(dist)?;
    for language in Language::ALL {
        let texts = Texts::built_in(language)?;
        write_texts(dist, language, &texts)?;
        let texts = template::words(texts);
        let folder = dist.join("pages").join(language.code());
        fs::create_dir_all(&folder)?;
        for route in pages() {
            let page = whole(&template, PageRoute { language, route }, &texts).await?;
            fs::write(folder.join(route.file_name()), page)?;
        }
    }
    fs::remove_file(&index)?;
    Ok(())
}

/// The common words, and for each service a file of its own: a visitor loads what is shown.
fn write_texts(dist: &Path, language: Language, texts: &Texts) -> Result<()> {
    let write = |file: String, content: &str| {
        let path = dist.join("texts").join(file);
        fs::create_dir_all(path.parent().context("a file of texts lies in a folder")?)?;
        fs::write(&path, content).with_context(|| path.display().to_string())
    };
    write(Texts::file(language), &Texts::for_page(Texts::common_json(language)))?;
    for (id, _) in services() {
        let words = serde_json::to_string(&texts.service(Some(id)).for_page())?;
        write(Texts::service_file(language, id), &words)?;
    }
    Ok(())
}

async fn whole(template: &str, page: PageRoute, texts: &Texts) -> Result<String> {
    let page_with_head = head::filled(template, page, texts)?;
    let body = markup::of(page, texts).await;
    let sprite = sprite::of(page, &body);
    let body = format!("{sprite}<div id=\"app\">{body}</div>");
    let whole = head::replaced(&page_with_head, markup::PLACE, &body)?;
    Ok(template::of_any(&template::with_conditions(&whole), page))
}
