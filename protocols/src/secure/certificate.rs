//! What a certificate says of itself (RFC 5280). Checks no signature: it is read, not trusted.

use klinke_shared::{Certificate, MOST_NAMES, Note, Recognition, said};
use std::net::{Ipv4Addr, Ipv6Addr};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// Adds what a certificate in DER tells to a recognition; `now` in seconds since 1970.
pub(super) fn show(recognition: Recognition, der: &[u8], now: u64) -> Recognition {
    let Ok((_, certificate)) = X509Certificate::from_der(der) else { return recognition };
    let expires = certificate.validity().not_after.timestamp();
    let expires = u64::try_from(expires).unwrap_or(0);
    let mut recognition = recognition;
    recognition.certificate = Some(Certificate {
        names: names(&certificate),
        issuer: issuer(certificate.issuer()),
        expires,
    });
    if expires < now {
        recognition = recognition.note(Note::CertificateExpired);
    }
    if certificate.subject().as_raw() == certificate.issuer().as_raw() {
        recognition = recognition.note(Note::CertificateSelfSigned);
    }
    recognition
}

/// The subject's common names and alternative names (RFC 5280, 4.2.1.6), each once.
fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let common = certificate.subject().iter_common_name();
    let common = common.filter_map(|name| said(name.as_slice()));
    let alternatives = certificate.subject_alternative_name().ok().flatten();
    let alternatives = alternatives.map_or(&[][..], |extension| &extension.value.general_names);
    let mut names = Vec::new();
    for name in common.chain(alternatives.iter().filter_map(alternative)) {
        if names.len() >= MOST_NAMES {
            break;
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn alternative(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => said(name.as_bytes()),
        GeneralName::IPAddress(bytes) => address(bytes),
        _ => None,
    }
}

fn address(bytes: &[u8]) -> Option<String> {
    let four = <[u8; 4]>::try_from(bytes).map(|octets| Ipv4Addr::from(octets).to_string());
    four.ok().or_else(|| Some(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?).to_string()))
}

/// The issuer's common name and organisation: “R11, Let's Encrypt”.
fn issuer(name: &X509Name<'_>) -> Option<String> {
    let common = name.iter_common_name().next().map(AttributeTypeAndValue::as_slice);
    let organisation = name.iter_organization().next().map(AttributeTypeAndValue::as_slice);
    match (common, organisation) {
        (Some(common), Some(organisation)) if common != organisation => {
            said(&[common, b", ", organisation].concat())
        }
        (common, organisation) => said(common.or(organisation)?),
    }
}
