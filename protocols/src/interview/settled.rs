//! What two conversations with the same port tell together. Knows no conversation.

use klinke_shared::{Protocol, Recognition};

/// What is true if this was recognised before, and that now.
pub(super) fn settled(before: Recognition, known: Recognition) -> Recognition {
    match (before.protocol, known.protocol) {
        (first, second) if first == second => merged(before, known),
        (Some(Protocol::NetbiosSession), _) => known,
        // Windows takes TLS without being asked for remote desktop first.
        (Some(Protocol::Tls), Some(Protocol::Rdp)) => {
            Recognition { detail: None, ..merged(known, before) }
        }
        // Who complained about the lack of TLS is what it is inside; who spoke TLS does so.
        (Some(Protocol::Tls), _) if known.tls >= before.tls => known,
        _ => before,
    }
}

/// What two answers about the same service tell together; the first one's words count.
#[must_use]
pub fn merged(first: Recognition, second: Recognition) -> Recognition {
    let notes = second.notes.iter().fold(first.clone(), |all, note| all.note(*note)).notes;
    Recognition {
        protocol: first.protocol.or(second.protocol),
        tls: first.tls || second.tls,
        product: first.product.or(second.product),
        version: first.version.or(second.version),
        detail: first.detail.or(second.detail),
        certificate: first.certificate.or(second.certificate),
        notes,
    }
}
