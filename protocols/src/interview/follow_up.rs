//! What is worth another connection once something is known. Knows no protocol's bytes.

use super::{Begin, step_for};
use crate::{Context, Step, secure, tcp, windows};
use klinke_shared::{Note, Protocol, Recognition};

/// The next question about what was recognised, and when it was asked for as `asked`.
pub(super) fn follow_up(
    known: &Recognition,
    asked: Option<Protocol>,
    context: &Context,
) -> Option<Begin> {
    second_question(known, context).or_else(|| in_its_language(known, asked))
}

/// What a protocol's first step leaves open.
fn second_question(known: &Recognition, context: &Context) -> Option<Begin> {
    let is_usual = |step: &Step| step.ports.contains(&context.port);
    match known.protocol? {
        Protocol::Rdp if !known.has(Note::NoNla) => Some(windows::rdp_without_nla),
        // Windows would have named itself by the ways to log in that it offers.
        Protocol::Rdp if known.product.is_none() => Some(windows::xrdp),
        Protocol::Smb | Protocol::NetbiosSession if !known.has(Note::Smb1) => Some(windows::smb1),
        // It complained about a plain question, so TLS itself has not been asked.
        Protocol::Tls if !known.tls => step_for(Protocol::Tls).map(|step| step.begin),
        // It refuses what is up to date, so perhaps it speaks only what is old.
        Protocol::Tls if known.certificate.is_none() => Some(secure::LegacyTls::begin),
        // Nothing is known of what is inside, and Windows takes TLS for remote desktop at once.
        Protocol::Tls if !step_for(Protocol::Tls).is_some_and(is_usual) => {
            step_for(Protocol::Rdp).map(|step| step.begin)
        }
        _ => None,
    }
}

/// Its own first step for what gave itself away by a greeting, or by a complaint about a question in
/// another language than its own. Inside TLS that question has been asked already.
fn in_its_language(known: &Recognition, asked: Option<Protocol>) -> Option<Begin> {
    let spoken = known.protocol.filter(|_| !known.tls && known.protocol != asked)?;
    let mut steps = tcp::STEPS.iter().chain(secure::STEPS);
    steps.find(|step| step.protocol == spoken).map(|step| step.begin)
}
