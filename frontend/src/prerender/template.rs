//! What makes a page a template for the server: the program stands in it as it is, and a page of some
//! service or number becomes one of any.

use crate::{head, scripts};
use anyhow::{Context, Result, ensure};
use klinke_page::reading::{SELECTED_IF, word};
use klinke_shared::{Language, PageRoute, Route, ServiceTexts, Texts};

/// The words as the server knows them: its operator may have others.
pub(crate) fn words(texts: Texts) -> Texts {
    let field = |name: &str| word(&format!("unknown.{name}"));
    let unknown = ServiceTexts {
        name: field("name"),
        purpose: field("purpose"),
        risk: field("risk"),
        fine: field("fine"),
        employee: field("employee"),
        boss: field("boss"),
        it: field("it"),
        ..ServiceTexts::default()
    };
    texts.to_be_filled(|place| word(&format!("phrases[{place}]")), unknown)
}

/// The page with our own scripts instead of Trunk's, marked as something that is never filled. What is loaded for
/// them, and `more` links, are put aside until they ask for it.
pub(crate) fn with_program(page: &str, more: &str) -> Result<String> {
    let (page, links) = without_links(page)?;
    let (start, end) = script(&page)?;
    let own = scripts::instead_of(&page[start..end])?;
    let later = format!("<template id=\"{}\">{links}{more}</template>", scripts::LATER);
    let page = with_wait(&[&page[..start], &page[end..]].concat())?;
    let last = [&later, "{% raw %}", &own, "{% endraw %}</body>"].concat();
    head::replaced(&page, "</body>", &last)
}

/// The page without the program and what is loaded for it.
pub(crate) fn without_program(page: &str) -> Result<String> {
    let (page, _) = without_links(page)?;
    let (start, end) = script(&page)?;
    with_wait(&[&page[..start], &page[end..]].concat())
}

/// The page whose body a browser reads once it has the styles.
fn with_wait(page: &str) -> Result<String> {
    let end = "</head>";
    head::replaced(page, end, &[scripts::WAIT, end].concat())
}

/// The page without the links to what the program needs, and these.
fn without_links(page: &str) -> Result<(String, String)> {
    let (mut page, mut links) = (page.to_owned(), String::new());
    for kind in ["<link rel=\"modulepreload\"", "<link rel=\"preload\""] {
        while let Some(start) = page.find(kind) {
            let end = start + page[start..].find('>').context("a <link has no end")? + 1;
            links.push_str(&page[start..end]);
            page.replace_range(start..end, "");
        }
    }
    Ok((page, links))
}

fn script(page: &str) -> Result<(usize, usize)> {
    let start = page.find("<script").context("the template has no script")?;
    let end = page.find("</script>").context("the script has no end")? + "</script>".len();
    ensure!(page[end..].find("<script").is_none(), "the template has two scripts");
    Ok((start, end))
}

/// The page with its conditions as the server's templates write them.
pub(crate) fn with_conditions(markup: &str) -> String {
    let begin = format!(" {SELECTED_IF}=\"");
    let mut parts = markup.split(&begin);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| {
        let (name, rest) = part.split_once('"').unwrap_or((part, ""));
        page + "{% if " + name + " %} selected{% endif %}" + rest
    })
}

/// The page with the paths to itself, in every language, as those of the page that is asked for.
pub(crate) fn of_any(markup: &str, page: PageRoute) -> String {
    let name = match page.route {
        Route::Service(_) => word("service.key"),
        Route::Port(_) => word("port.number"),
        _ => return markup.to_owned(),
    };
    Language::ALL.into_iter().fold(markup.to_owned(), |markup, language| {
        let path = page.in_language(language).to_string();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        markup.replace(&format!("{path}\""), &format!("{folder}/{name}\""))
    })
}
