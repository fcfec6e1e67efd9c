//! The values for the pages that are only to be read: a service, a number, a tip, the list of services.
//! Decides nothing; what there is to say comes from the catalogue.

use super::words;
use actix_web::web::Query;
use klinke_shared::library::Library;
use klinke_shared::{
    CheckId, Language, PageRoute, Port, Route, ServiceFilter, ServiceId, Severity, Texts, Tip,
    Transport, UsedBy, at_port, services,
};
use minijinja::{Value, context};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::num::NonZeroU16;

/// The longest name or number that is looked for.
const LONGEST_WORDS: usize = 100;

/// What a page's own values are; nothing for a page that has none.
pub(super) fn values(page: PageRoute, query: &str) -> Value {
    match page.route {
        Route::Service(id) => context! { service => service(id, page.language) },
        Route::Port(port) => context! { port => number(port, page.language) },
        Route::Tip(tip) => context! { tip => context! { services => of_tip(tip, page.language) } },
        Route::Services => {
            let filter = filter(query);
            context! { services => list(&filter, page.language), filter => asked(&filter) }
        }
        _ => context! {},
    }
}

/// The title of a page.
pub(super) fn title(page: PageRoute) -> String {
    let (texts, library) = (words::texts(page.language), Library::of(page.language));
    let name = match page.route {
        Route::Start => return texts.site_title().to_owned(),
        Route::Check(CheckId::SAMPLE) => texts.sample_title().to_owned(),
        Route::Check(_) => texts.check_title().to_owned(),
        Route::Services => texts.services_title().to_owned(),
        Route::Service(id) => texts.service(Some(id)).name.clone(),
        Route::Port(number) => texts.port_title(&number.to_string()),
        Route::Tip(tip) => tip.title(texts).to_owned(),
        Route::Article(article) => library.article(article).title.clone(),
        Route::Glossary => texts.glossary_title().to_owned(),
        Route::NotFound => texts.not_found_title().to_owned(),
    };
    texts.page_title(&name)
}

/// The one service that is found at a number, where there is no other to choose from.
pub(super) fn only_service(number: NonZeroU16) -> Option<ServiceId> {
    match at_number(number).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn at_number(number: NonZeroU16) -> Vec<ServiceId> {
    let mut found = Vec::new();
    for transport in [Transport::Tcp, Transport::Udp] {
        for id in at_port(Port { transport, number }) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

fn service(id: ServiceId, language: Language) -> Value {
    let texts = words::texts(language);
    let (facts, words) = (id.service(), texts.service(Some(id)));
    let mut seen = BTreeSet::new();
    let mut linked = |text| linked(text, language, &mut seen);
    let purpose = linked(&words.purpose);
    let tips: Vec<Value> = facts
        .tips
        .iter()
        .map(|tip| context! { path => path(language, Route::Tip(*tip)), title => tip.title(texts) })
        .collect();
    context! {
        key => facts.name(),
        name => &words.name,
        description => &words.purpose,
        purpose => purpose,
        risk => linked(&words.risk),
        fine => linked(&words.fine),
        employee => linked(&words.employee),
        boss => linked(&words.boss),
        it => linked(&words.it),
        router => linked(&words.router),
        severity => facts.severity.as_str(),
        is => is(facts.severity),
        tips => tips,
        ports => ports(facts.ports()).map(|ports| texts.service_ports_usual(&ports)),
        also => ports(facts.further_ports()).map(|ports| texts.service_ports_also(&ports)),
        used_by => format!("{} {}", texts.services_used_by(), facts.users(texts)),
        recognisable => facts.is_recognisable(),
        sources => words.sources.clone(),
    }
}

/// Which severity it is, as conditions.
fn is(severity: Severity) -> Value {
    Value::from_pairs(Severity::WORST_FIRST.map(|one| (one.as_str(), one == severity)))
}

fn ports(ports: impl Iterator<Item = Port>) -> Option<String> {
    let names: Vec<String> =
        ports.map(|port| format!("{}/{}", port.number, port.transport)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn number(number: NonZeroU16, language: Language) -> Value {
    let texts = words::texts(language);
    let found = at_number(number);
    let names: Vec<&str> = found.iter().map(|id| texts.service(Some(*id)).name.as_str()).collect();
    let description =
        if names.is_empty() { texts.service(None).purpose.clone() } else { names.join(" · ") };
    let entries: Vec<Value> = found.iter().map(|id| entry(*id, texts)).collect();
    let title = texts.port_title(&number.to_string());
    context! { number => number.get(), title, description, services => entries }
}

fn entry(id: ServiceId, texts: &Texts) -> Value {
    let words = texts.service(Some(id));
    context! {
        path => path(texts.language(), Route::Service(id)),
        name => &words.name,
        purpose => &words.purpose,
        severity => id.service().severity.as_str(),
        is => is(id.service().severity),
    }
}

/// The services that name a tip first, or at all where few do.
fn of_tip(tip: Tip, language: Language) -> Vec<Value> {
    let texts = words::texts(language);
    let most = services().filter(|(_, service)| service.tips.first() == Some(&tip));
    let rest = services().filter(|(_, service)| service.tips.iter().skip(1).any(|one| *one == tip));
    most.chain(rest).take(MOST_OF_A_TIP).map(|(id, _)| entry(id, texts)).collect()
}

/// So many services are named at a tip: those that are attacked most.
const MOST_OF_A_TIP: usize = 12;

/// The services that a visitor asks for by severity, each in the order of the alphabet.
fn list(filter: &ServiceFilter, language: Language) -> Value {
    let texts = words::texts(language);
    let chosen = filter.chosen(texts);
    let of = |severity: Severity| -> Vec<Value> {
        let members = chosen.iter().filter(|id| id.service().severity == severity);
        members.map(|id| row(*id, texts)).collect()
    };
    context! {
        none => chosen.is_empty(),
        count => texts.services_count(chosen.len()),
        critical => of(Severity::Critical),
        high => of(Severity::High),
        medium => of(Severity::Medium),
        low => of(Severity::Low),
        info => of(Severity::Info),
    }
}

fn row(id: ServiceId, texts: &Texts) -> Value {
    context! {
        path => path(texts.language(), Route::Service(id)),
        name => &texts.service(Some(id)).name,
        doors => id.service().doors(texts),
        used_by => id.service().users(texts),
    }
}

/// What a visitor asked for, so that the form shows it again.
fn asked(filter: &ServiceFilter) -> Value {
    let severities = Severity::WORST_FIRST.map(|one| (one.as_str(), filter.severity == Some(one)));
    let users = UsedBy::ALL.map(|one| (one.as_str(), filter.used_by == Some(one)));
    context! {
        set => *filter != ServiceFilter::default(),
        words => &filter.words,
        severity => Value::from_pairs(severities),
        used_by => Value::from_pairs(users),
    }
}

/// What stands in the query of the list's address. What is no severity and no user asks for all.
fn filter(query: &str) -> ServiceFilter {
    let parameters: Vec<(String, String)> =
        Query::from_query(query).map(Query::into_inner).unwrap_or_default();
    let of = |name: &str| {
        let found = parameters.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    ServiceFilter {
        words: of("q").chars().take(LONGEST_WORDS).collect(),
        severity: Severity::WORST_FIRST.into_iter().find(|one| one.as_str() == of("severity")),
        used_by: UsedBy::ALL.into_iter().find(|one| one.as_str() == of("used_by")),
    }
}

/// Only plain signs are in it.
fn path(language: Language, route: Route) -> Value {
    Value::from_safe_string(PageRoute { language, route }.to_string())
}

/// A text as HTML in which every explained word leads to the glossary the first time it comes.
fn linked<'a>(text: &'a str, language: Language, seen: &mut BTreeSet<&'a str>) -> Value {
    let glossary = path(language, Route::Glossary);
    let mut html = String::with_capacity(text.len() + 64);
    for piece in Library::of(language).pieces(text, seen) {
        let words = minijinja::HtmlEscape(piece.words);
        let _ = match piece.anchor {
            None => write!(html, "{words}"),
            Some(anchor) => {
                write!(html, "<a class=\"term\" href=\"{glossary}#{anchor}\">{words}</a>")
            }
        };
    }
    Value::from_safe_string(html)
}
