//! Nmap: its options and its greppable output. It knows no other scanner.

use anyhow::{Context as _, Result};

use super::{Job, words};
use crate::port::{Port, Transport};
use crate::truth::{Said, State};

/// No names and no search for hosts, which the lab has none of.
const ALWAYS: [&str; 7] = ["nmap", "-n", "-Pn", "--disable-arp-ping", "-T4", "-oG", "-"];

pub(super) fn command(options: &[&str], job: &Job) -> Vec<String> {
    let mut command = words(&ALWAYS);
    command.extend(words(options));
    if job.ports.transport == Transport::Udp {
        command.push("-sU".to_owned());
    } else if !options.contains(&"-sT") {
        command.push("-sS".to_owned());
    }
    if job.address.is_ipv6() {
        command.push("-6".to_owned());
    }
    command.extend(words(&["-p", &job.ports.list(), &job.address.to_string()]));
    command
}

/// Reads `Host: … Ports: 22/open/tcp//ssh///, 23/closed/tcp//telnet/// Ignored State: …`. What is
/// ignored, because most ports are like that, counts as not said.
pub(super) fn read(printed: &str) -> Result<Said> {
    printed.contains("# Nmap done").then_some(()).context("it did not end")?;
    let ports = printed.lines().filter_map(|line| line.split_once("Ports: "));
    let ports =
        ports.flat_map(|(_, ports)| ports.split('\t').next().unwrap_or_default().split(", "));
    Ok(ports.filter_map(port).collect())
}

fn port(text: &str) -> Option<(Port, State)> {
    let mut fields = text.split('/');
    let number = fields.next()?.trim().parse().ok()?;
    let state = match fields.next()? {
        "open" => State::Open,
        "closed" => State::Closed,
        // Nmap's "open|filtered" is silence.
        _ => State::Filtered,
    };
    let transport = if fields.next()? == "udp" { Transport::Udp } else { Transport::Tcp };
    Some((Port { transport, number }, state))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::port::{Port, Transport};
    use crate::truth::State;

    #[test]
    fn states_are_read_and_ignored_ones_are_not_said() {
        let printed = "Host: 10.77.0.2 ()\tStatus: Up\n\
            Host: 10.77.0.2 ()\tPorts: 22/open/tcp//ssh///, 23/closed/tcp//telnet///, \
            53/open|filtered/udp//domain///\tIgnored State: filtered (97)\n# Nmap done at Mon\n";
        let said: Vec<_> = read(printed).unwrap().into_iter().collect();
        let port = |transport, number| Port { transport, number };
        assert_eq!(
            said,
            [
                (port(Transport::Tcp, 22), State::Open),
                (port(Transport::Tcp, 23), State::Closed),
                (port(Transport::Udp, 53), State::Filtered),
            ]
        );
        assert!(read("# Nmap 7.93 scan initiated\n").is_err());
    }
}
