//! The list of all services, by how urgent each would be if it were open: to look up, to search and to
//! choose from. Knows nothing of the visitor's own line.

use crate::components::{Desk, badge, element, heading, say};
use crate::state::Filter;
use klinke_shared::{PageRoute, Route, ServiceId, Severity, Texts, UsedBy};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Html, SubmitEvent, html};

/// The severities in the order in which they are shown.
const WORST_FIRST: [Severity; 5] =
    [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];

/// What a row of the list says.
struct Row {
    path: String,
    name: String,
    doors: String,
    used_by: String,
}

impl Row {
    fn of(id: ServiceId, texts: &Texts) -> Self {
        let service = id.service();
        Self {
            path: PageRoute { language: texts.language(), route: Route::Service(id) }.to_string(),
            name: texts.service(Some(id)).name.clone(),
            doors: service.doors(texts),
            used_by: service.users(texts),
        }
    }

    /// A row in the words of the server's templates.
    fn template() -> Self {
        let word = |word: &str| format!("{{{{ row.{word} }}}}");
        Self { path: word("path"), name: word("name"), doors: word("doors"), used_by: word("used_by") }
    }

    fn drawn(&self) -> Html {
        element("li", "services__row").key(&self.path).holding([
            element("a", "services__name").with("href", &self.path).saying(&self.name),
            say("span", "services__doors", &self.doors),
            say("span", "services__users", &self.used_by),
        ])
    }
}

/// The page; `unscripted` as the server writes it, a template that is filled with its own catalogue.
pub fn services_page(desk: &Desk, filter: &Filter, unscripted: bool) -> Html {
    let texts = &desk.texts;
    let chosen = filter.chosen(texts);
    let group = |severity: Severity| {
        let group = if unscripted { template(severity, texts) } else { living(severity, &chosen, desk) };
        element("div", "").key(severity.as_str()).holding(group)
    };
    let nothing = chosen.is_empty();
    let count = if filter.is_set() && !nothing { texts.services_count(chosen.len()) } else { String::new() };
    element("div", "page services").key("services").holding([
        heading("", texts.services_title()),
        say("p", "lead", texts.services_lead()),
        choice(desk, filter),
        element("p", "services__count").with("role", "status").saying(if nothing {
            texts.services_none()
        } else {
            &count
        }),
        element("div", "services__groups").holding(WORST_FIRST.map(group)),
    ])
}

fn living(severity: Severity, chosen: &[ServiceId], desk: &Desk) -> Vec<Html> {
    let members = chosen.iter().filter(|id| id.service().severity == severity);
    let rows: Vec<Html> = members.map(|id| Row::of(*id, &desk.texts).drawn()).collect();
    if rows.is_empty() { Vec::new() } else { vec![group(severity, &desk.texts, rows)] }
}

/// The same for the server, which goes through the services of its own catalogue.
fn template(severity: Severity, texts: &Texts) -> Vec<Html> {
    let each = format!("{{% for row in services.{} %}}", severity.as_str());
    let rows = vec![each.into(), Row::template().drawn(), "{% endfor %}".into()];
    let some = format!("{{% if services.{} %}}", severity.as_str());
    vec![some.into(), group(severity, texts, rows), "{% endif %}".into()]
}

/// The services of one severity under its heading.
fn group(severity: Severity, texts: &Texts, rows: Vec<Html>) -> Html {
    element("section", &format!("services__group {}", severity.as_str())).holding([
        element("h2", "").holding([badge(severity, severity.label(texts))]),
        element("ul", "").holding(rows),
    ])
}

fn choice(desk: &Desk, filter: &Filter) -> Html {
    let texts = &desk.texts;
    let (by_words, by_severity, by_user) = (filter.clone(), filter.clone(), filter.clone());
    let search = desk.hear(move |search: HtmlInputElement| Filter { words: search.value(), ..by_words.clone() });
    let severity = desk.hear(move |choice: HtmlSelectElement| Filter {
        severity: WORST_FIRST.into_iter().find(|known| known.as_str() == choice.value()),
        ..by_severity.clone()
    });
    let used_by = desk.hear(move |choice: HtmlSelectElement| Filter {
        used_by: UsedBy::ALL.into_iter().find(|known| known.as_str() == choice.value()),
        ..by_user.clone()
    });
    let severities = WORST_FIRST.map(|known| (known.as_str(), known.label(texts), filter.severity == Some(known)));
    let users = UsedBy::ALL.map(|known| (known.as_str(), known.label(texts), filter.used_by == Some(known)));
    html! {
        <form class="services__choice" role="search" onsubmit={|sent: SubmitEvent| sent.prevent_default()}>
            <label><span>{ texts.services_search() }</span>
                <input type="search" value={filter.words.clone()} oninput={search} autocomplete="off" /></label>
            <label><span>{ texts.services_severity() }</span>
                <select onchange={severity}>{ options(texts, &severities) }</select></label>
            <label><span>{ texts.services_used_by() }</span>
                <select onchange={used_by}>{ options(texts, &users) }</select></label>
        </form>
    }
}

fn options(texts: &Texts, choices: &[(&'static str, &str, bool)]) -> Html {
    let any = element("option", "").with("value", "").saying(texts.services_any());
    let choice = |(value, words, chosen): &(&'static str, &str, bool)| {
        let option = element("option", "").with("value", value);
        let option = if *chosen { option.with("selected", "selected") } else { option };
        option.saying(words)
    };
    std::iter::once(any).chain(choices.iter().map(choice)).collect()
}
