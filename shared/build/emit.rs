//! Turns the checked services into a Rust table. Decides nothing.

use klinke_editor::schema::ServiceFile;
use klinke_editor::{Language, NamedService};
use std::fmt::Write as _;

/// The static table of services: facts only, in order of rank.
pub(crate) fn services_table(services: &[NamedService]) -> String {
    let mut code = String::from("pub(super) static SERVICES: &[Service] = &[\n");
    for (id, service) in services {
        let ServiceFile { severity, family, rank, quick, ports, recognise, .. } = service;
        let when = list(&service.when, |(note, severity)| {
            format!("({}, Severity::{})", variant("Note", note), severity.variant())
        });
        let tips = list(&service.tips, |tip| format!("Tip::{}", tip.variant()));
        let used_by = list(&service.used_by, |user| format!("UsedBy::{}", user.variant()));
        let _ = writeln!(
            code,
            "Service {{ name: {id:?}, severity: Severity::{}, family: Family::{}, rank: {rank}, quick: {quick}, \
             used_by: &[{used_by}], tips: &[{tips}], tcp: &{:?}, udp: &{:?}, also_tcp: &{:?}, also_udp: &{:?}, \
             protocols: &[{}], tls: &[{}], products: &{:?}, when: &[{when}] }},",
            severity.variant(),
            family.variant(),
            ports.tcp,
            ports.udp,
            ports.also_tcp,
            ports.also_udp,
            list(&recognise.protocols, |name| variant("Protocol", name)),
            list(&recognise.tls, |name| variant("Protocol", name)),
            recognise.products,
        );
    }
    code + "];\n"
}

fn list<T>(items: impl IntoIterator<Item = T>, code: impl Fn(T) -> String) -> String {
    items.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// The variant that has a name in the contract: `password-login` is `Note::PasswordLogin`. One that
/// does not exist does not compile.
fn variant(of: &str, name: &str) -> String {
    format!("{of}::{}", in_capitals(name))
}

/// A name of small letters and dashes as Rust writes a type.
pub(crate) fn in_capitals(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_uppercase() + rest
    });
    words.collect()
}

/// The name of the folder with a language's texts: it holds a hash of all of them.
pub(crate) fn folder_of_texts(language: Language, hash: u64) -> String {
    let code = language.code();
    format!("pub(crate) const TEXTS_{}: &str = \"{code}-{hash:016x}\";\n", code.to_uppercase())
}
