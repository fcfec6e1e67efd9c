//! First messages over UDP and their answers.

mod bacnet;
mod banner;
mod ber;
mod bittorrent;
mod cldap;
mod coap;
mod dns;
mod dtls;
mod ethernet_ip;
mod games;
mod ike;
mod ike_offer;
mod ipmi;
mod kerberos;
mod knx;
mod l2tp;
mod makers;
mod mdns;
mod memcached;
mod message;
mod mssql_browser;
mod nat_pmp;
mod netbios_name;
mod ntp;
mod old;
mod openvpn;
mod quic;
mod rdp_udp;
mod rpc;
mod sip;
mod slp;
mod snmp;
mod snmp3;
mod ssdp;
mod stun;
#[cfg(test)]
mod tests;
mod tftp;
mod ubiquiti;
mod ws_discovery;

use klinke_shared::{Protocol, Recognition};

/// Random bytes of a check: what of them is echoed proves that an answer belongs to its question.
pub type Token = [u8; 16];

/// One datagram that a service answers.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// The protocol that is asked for.
    pub protocol: Protocol,
    /// Where it is usual.
    pub ports: &'static [u16],
    /// The datagram.
    pub datagram: fn(&Token) -> Vec<u8>,
    /// What an answer tells; nothing if it is no answer to this question.
    pub read: fn(&Token, &[u8]) -> Option<Recognition>,
    /// Whether the answer may come from another port (TFTP: RFC 1350, 4).
    pub from_any_port: bool,
}

/// Every question, the more usual first.
pub const QUESTIONS: &[Question] = &[
    dns::RECURSION,
    dns::VERSION,
    ntp::TIME,
    snmp::V2C,
    snmp::V1,
    snmp3::DISCOVERY,
    ssdp::ROOT_DEVICES,
    ike::V2,
    ike::V1,
    ike::V2_NAT,
    ike::V1_NAT,
    sip::OPTIONS,
    quic::VERSIONS,
    openvpn::RESET,
    dtls::HELLO,
    mdns::SERVICE_KINDS,
    netbios_name::NAMES,
    cldap::ROOT,
    rpc::PORTMAPPER_NULL,
    rdp_udp::TRANSPORT,
    stun::BINDING,
    l2tp::CONNECTION,
    tftp::MISSING_FILE,
    memcached::VERSION,
    nat_pmp::ADDRESS,
    nat_pmp::PCP,
    ws_discovery::PROBE,
    ws_discovery::PROBE_DEVICE,
    ipmi::AUTHENTICATION,
    mssql_browser::INSTANCES,
    ubiquiti::DISCOVERY,
    coap::RESOURCES,
    slp::AGENTS,
    kerberos::NOBODY,
    rpc::NFS_NULL,
    bittorrent::PING_NODE,
    knx::DESCRIPTION,
    bacnet::MODEL,
    bacnet::FIRMWARE,
    bacnet::VENDOR,
    ethernet_ip::IDENTITY,
    games::TEAMSPEAK,
    games::BEDROCK,
    old::CHARGEN,
    old::QOTD,
];

/// The questions for a port, in the order in which they are asked; at most three.
pub fn at_port(port: u16) -> impl Iterator<Item = &'static Question> {
    QUESTIONS.iter().filter(move |question| question.ports.contains(&port))
}

/// Bytes as the digits of a text.
fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}
