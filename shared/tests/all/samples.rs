//! Reports to judge, built by hand.

use klinke_shared::{
    AddressReport, Certificate, Controls, Ending, Evidence, Language, Line, Note, Observation,
    Observations, OwnFault, Port, Ports, Profile, Protocol, REPORT_FORMAT, Recognised, Recognition,
    Report, Scope, Texts, Transport, UdpPath,
};

/// Evidence of an open port.
pub(crate) const OPEN: Evidence = Evidence::Accepted { rtt_us: 12_345 };
/// Evidence of a closed port.
pub(crate) const CLOSED: Evidence = Evidence::Refused { rtt_us: 12_345 };
/// Evidence of a silent port.
pub(crate) const SILENT: Evidence = Evidence::Silence { tries: 3 };
/// Evidence of a fault of ours.
pub(crate) const NOT_ASKED: Evidence = Evidence::NotAsked { fault: OwnFault::Exhausted };

/// A TCP port.
pub(crate) fn tcp(number: u16) -> Port {
    Port::new(Transport::Tcp, number).unwrap()
}

/// A UDP port.
pub(crate) fn udp(number: u16) -> Port {
    Port::new(Transport::Udp, number).unwrap()
}

/// The words of a language.
pub(crate) fn texts(language: Language) -> Texts {
    Texts::built_in(language).unwrap()
}

/// An SSH server that lets people log in with a password.
pub(crate) fn openssh() -> Recognition {
    let ssh = Recognition::of(Protocol::Ssh).product("OpenSSH").version("9.2p1");
    ssh.detail("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3").note(Note::PasswordLogin)
}

/// A web server inside TLS with an old certificate.
pub(crate) fn shown() -> Recognition {
    let mut known = Recognition::of(Protocol::Http).note(Note::CertificateExpired);
    known.tls = true;
    known.certificate = Some(Certificate {
        names: vec!["office.test".to_owned(), "*.office.test".to_owned()],
        issuer: Some("Muster CA".to_owned()),
        expires: 1_790_000_000,
    });
    known
}

/// The same report with what was recognised behind a port.
pub(crate) fn recognised(mut report: Report, port: Port, recognition: Recognition) -> Report {
    report.addresses[0].observations.recognise(Recognised { port, recognition });
    report
}

/// A report of one public address with these observations.
pub(crate) fn report(seen: &[(u16, Evidence)]) -> Report {
    let mut observations = Observations::default();
    for (number, evidence) in seen {
        observations.insert(Observation { port: tcp(*number), evidence: *evidence });
    }
    let line = AddressReport {
        address: "192.0.2.7".parse().unwrap(),
        scope: Scope::Public,
        planned: seen.iter().map(|(number, _)| tcp(*number)).collect(),
        own: Ports::default(),
        slowed: None,
        controls: Controls { asked: 4, open: 0 },
        observations,
    };
    Report {
        format: REPORT_FORMAT,
        profile: Profile::Office,
        recheck: false,
        started_ms: 1_790_000_000_000,
        finished_ms: 1_790_000_004_000,
        ending: Ending::Complete,
        line: Line { udp: UdpPath::Same, ..Line::default() },
        addresses: vec![line],
    }
}
