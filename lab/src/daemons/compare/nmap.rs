//! What `nmap -sV` says, by its XML. It knows no other scanner, and of XML only what nmap writes: a
//! port's element is on one line, and nothing in it is nested twice under the same name.

use anyhow::{Context as _, Result, ensure};
use std::net::IpAddr;
use std::process::{Command, Stdio};

use super::{Answers, Said};
use crate::port::{Port, Ports, Transport};

/// No names and no search for hosts, which there are none of; both transports; and versions.
const OPTIONS: [&str; 8] = ["-n", "-Pn", "-T4", "-sS", "-sU", "-sV", "-oX", "-"];
/// What nmap calls otherwise.
const NAMES: [(&str, &str); 9] = [
    ("X11", "x11"),
    ("domain", "dns"),
    ("isakmp", "ike"),
    ("mosquitto", "mqtt"),
    ("ms-wbt-server", "rdp"),
    ("nat-t-ike", "ike"),
    ("netbios-ns", "netbios-name"),
    ("netbios-ssn", "netbios-session"),
    ("rpcbind", "rpc"),
];
/// It has one name for two ways of carrying SMB, which this port tells apart.
const WITHOUT_NETBIOS: u16 = 445;
/// Names of protocols in the place of a product, whose version is then the protocol's.
const NO_PRODUCTS: [&str; 3] = ["VNC", "NTP", "DNS-based service discovery"];
/// A range is no version.
const RANGES: [&str; 3] = [" or ", " - ", "2-4"];

pub(super) fn ask(address: IpAddr, [tcp, udp]: &[Ports; 2]) -> Result<Answers> {
    let mut nmap = Command::new("nmap");
    nmap.args(OPTIONS).args(address.is_ipv6().then_some("-6"));
    let udp = udp.list();
    nmap.arg("-p").arg(format!("T:{},U:{udp}", tcp.list())).arg(address.to_string());
    let output = nmap.stderr(Stdio::inherit()).output().context("nmap cannot start")?;
    ensure!(output.status.success(), "nmap failed ({})", output.status);
    Ok(read(&String::from_utf8_lossy(&output.stdout)))
}

fn read(printed: &str) -> Answers {
    let ports = printed.lines().filter_map(|line| line.split_once("<port "));
    ports.filter_map(|(_, element)| port(element)).collect()
}

fn port(element: &str) -> Option<(Port, Said)> {
    let number = attribute(element, "portid")?.parse().ok()?;
    let is_udp = attribute(element, "protocol")? == "udp";
    let transport = if is_udp { Transport::Udp } else { Transport::Tcp };
    let state = attribute(element, "state")?;
    let mut said = service(number, element);
    // Its "open|filtered" is silence.
    state.clone_into(&mut said.state);
    if state == "open|filtered" {
        "uncertain".clone_into(&mut said.state);
    }
    Some((Port { transport, number }, said))
}

fn service(port: u16, element: &str) -> Said {
    // Otherwise it has only looked the number up.
    let is_known = attribute(element, "method") == Some("probed");
    let Some(service) = attribute(element, "name").filter(|_| is_known) else {
        return Said::default();
    };
    let get = |name| attribute(element, name);
    // "mosquitto version 2.0.11" is a service, because a script of nmap's says so.
    let (service, script) =
        service.split_once(" version ").map_or((service, None), |(a, b)| (a, Some(b)));
    let product = get("product").or(script.map(|_| service));
    let product = product.filter(|product| !NO_PRODUCTS.contains(product));
    // "kamailio (5.6.3)" is a product.
    let (product, inside) = match product.and_then(|product| product.split_once(" (")) {
        Some((product, inside)) => (Some(product), Some(inside)),
        None => (product, None),
    };
    let version = get("version").or(script).or(inside).filter(|_| product.is_some());
    let version = version.filter(|version| !RANGES.iter().any(|range| version.contains(range)));
    Said {
        protocol: Some(name(port, service).to_owned()),
        tls: get("tunnel") == Some("ssl"),
        product: product.map(str::to_owned),
        version: version.map(str::to_owned),
        ..Said::default()
    }
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = element.split_once(&format!("{name}=\""))?;
    value.split_once('"').map(|(value, _)| value)
}

fn name(port: u16, service: &str) -> &str {
    if port == WITHOUT_NETBIOS {
        return "smb";
    }
    let name = NAMES.iter().find(|(theirs, _)| *theirs == service);
    name.map_or(service, |(_, ours)| ours)
}

#[cfg(test)]
mod tests;
