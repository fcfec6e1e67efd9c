//! What Klinke says, by its lines of JSON. It knows the contract, and nothing of how Klinke keeps
//! it.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use std::net::IpAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Answers, Said};
use crate::port::{Port, Ports};

/// A port's line; the summary at the end is none.
#[derive(Deserialize)]
struct Line {
    #[serde(flatten)]
    port: Port,
    state: String,
    recognition: Option<Recognition>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Recognition {
    protocol: Option<String>,
    tls: bool,
    product: Option<String>,
    version: Option<String>,
    notes: Vec<String>,
}

pub(super) fn ask(program: &Path, address: IpAddr, [tcp, udp]: &[Ports; 2]) -> Result<Answers> {
    let mut klinke = Command::new(program);
    klinke.arg("scan").arg(address.to_string()).arg("--json").stderr(Stdio::inherit());
    for (option, ports) in [("--tcp", tcp), ("--udp", udp)].iter().filter(|it| it.1.len() > 0) {
        klinke.args([*option, &ports.list()]);
    }
    let output = klinke.output().context("klinke cannot start")?;
    ensure!(output.status.success(), "klinke failed ({})", output.status);
    read(&String::from_utf8_lossy(&output.stdout))
}

fn read(printed: &str) -> Result<Answers> {
    let lines = printed.lines().filter(|line| !line.starts_with(r#"{"summary""#));
    let read = |line| serde_json::from_str(line).with_context(|| format!("this line: {line}"));
    lines.map(|line| Ok(said(read(line)?))).collect()
}

fn said(line: Line) -> (Port, Said) {
    let Recognition { protocol, tls, product, version, notes } =
        line.recognition.unwrap_or_default();
    let said = Said { state: line.state, protocol, tls, product, version, notes: Some(notes) };
    (line.port, said)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::port::{Port, Transport};

    const REPORT: &str = include_str!("samples/klinke.jsonl");

    #[test]
    fn what_is_recognised_is_read() {
        let answers = read(REPORT).unwrap();
        let said = &answers[&Port { transport: Transport::Tcp, number: 22 }];
        assert_eq!(said.protocol.as_deref(), Some("ssh"));
        assert_eq!(said.version.as_deref(), Some("9.2p1"));
        assert_eq!(said.notes.as_deref(), Some(&["password-login".to_owned()][..]));
        assert!(answers[&Port { transport: Transport::Tcp, number: 443 }].tls);
    }

    #[test]
    fn what_is_not_recognised_has_a_state() {
        let answers = read(REPORT).unwrap();
        let said = &answers[&Port { transport: Transport::Udp, number: 123 }];
        assert_eq!((said.state.as_str(), &said.protocol), ("uncertain", &None));
    }

    #[test]
    fn what_is_no_report_is_an_error() {
        assert!(read("oops").is_err());
    }
}
