//! What the file of a service must keep, alone and together with all others.

use super::is_plain;
use crate::schema::{ServiceFile, ServiceTexts};
use crate::{Language, NamedService};
use std::collections::{BTreeMap, BTreeSet};

/// The longest name that still fits a card's head line on a phone.
const LONGEST_NAME: usize = 48;
/// The longest that one text of an entry may be: about eight short sentences.
const LONGEST_TEXT: usize = 900;

/// Every broken rule over all services, in words; empty when all is well.
#[must_use]
pub fn complaints_about_services(services: &[NamedService]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (id, service) in services {
        complaints.extend(own_complaints(id, service));
    }
    complaints.extend(shared_ports(services));
    complaints.extend(shared_ranks(services));
    complaints
}

fn own_complaints(id: &str, service: &ServiceFile) -> Vec<String> {
    let file = format!("services/{id}.toml");
    let mut complaints = Vec::new();
    if id.is_empty() || !is_plain(id) {
        complaints.push(format!("{file}: the file's name may hold a-z, 0-9 and - only"));
    }
    let ports = &service.ports;
    if claims(service).iter().all(|(_, list)| list.is_empty()) {
        complaints.push(format!(
            "{file}: ports: names no port at all; where nobody looks, it is never found"
        ));
    } else if ports.tcp.is_empty() && ports.udp.is_empty() && service.recognise.products.is_empty()
    {
        complaints.push(format!(
            "{file}: ports: claims no port of its own and names no product; list at least one under \
             ports.tcp, ports.udp or recognise.products"
        ));
    }
    for (key, list) in claims(service) {
        if list.contains(&0) {
            complaints.push(format!("{file}: ports.{key}: 0 is no port; accepted are 1 to 65535"));
        }
        let distinct: BTreeSet<_> = list.iter().collect();
        if distinct.len() != list.len() {
            complaints.push(format!("{file}: ports.{key}: names a port twice"));
        }
    }
    if service.tips.is_empty() || service.tips.len() > 3 {
        complaints.push(format!("{file}: tips: one to three are accepted, most useful first"));
    }
    if service.sources.is_empty() {
        complaints.push(format!("{file}: sources: at least one is needed"));
    }
    if service.used_by.is_empty() || service.used_by.len() > 2 {
        complaints.push(format!("{file}: used_by: one or two are accepted, the more usual first"));
    }
    for language in Language::ALL {
        complaints.extend(text_complaints(&file, language, service.texts(language)));
    }
    complaints
}

/// What is wrong with the words of one entry in one language.
pub(super) fn text_complaints(file: &str, language: Language, texts: &ServiceTexts) -> Vec<String> {
    let mut complaints = Vec::new();
    let language = language.code();
    for (key, text) in texts.fields() {
        let length = text.chars().count();
        let longest = if key == "name" { LONGEST_NAME } else { LONGEST_TEXT };
        if text.trim().is_empty() {
            complaints.push(format!("{file}: {language}.{key}: is empty"));
        } else if text.trim() != text {
            complaints.push(format!("{file}: {language}.{key}: starts or ends with white space"));
        } else if length > longest {
            complaints.push(format!(
                "{file}: {language}.{key}: has {length} characters, accepted are {longest}"
            ));
        }
    }
    complaints
}

fn claims(service: &ServiceFile) -> [(&'static str, &[u16]); 4] {
    let ports = &service.ports;
    [
        ("tcp", &ports.tcp),
        ("udp", &ports.udp),
        ("also_tcp", &ports.also_tcp),
        ("also_udp", &ports.also_udp),
    ]
}

/// A port has one usual service. Others that may be found there say so with `also_…`, which in
/// turn needs that usual service, or the port would never be planned.
fn shared_ports(services: &[NamedService]) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut owners: BTreeMap<(&str, u16), &str> = BTreeMap::new();
    for (id, service) in services {
        for (key, list) in &claims(service)[..2] {
            for port in *list {
                if let Some(owner) = owners.insert((key, *port), id) {
                    complaints.push(format!(
                        "services/{id}.toml: ports.{key}: {port} is already the usual port of {owner}; \
                         keep it in one of the two and write also_{key} in the other"
                    ));
                }
            }
        }
    }
    for (id, service) in services {
        for (key, list) in &claims(service)[2..] {
            let plain = key.trim_start_matches("also_");
            for port in list.iter().filter(|port| !owners.contains_key(&(plain, **port))) {
                complaints.push(format!(
                    "services/{id}.toml: ports.{key}: {port} has no usual service; write it under {plain} here"
                ));
            }
        }
    }
    complaints
}

fn shared_ranks(services: &[NamedService]) -> Vec<String> {
    let mut holders: BTreeMap<u16, &str> = BTreeMap::new();
    let mut complaints = Vec::new();
    for (id, service) in services {
        if let Some(holder) = holders.insert(service.rank, id) {
            complaints.push(format!(
                "services/{id}.toml: rank: {} is already the rank of {holder}; ranks order the plan, so each is unique",
                service.rank
            ));
        }
    }
    complaints
}
