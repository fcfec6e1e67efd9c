//! First steps over TCP of protocols that greet, and of those with a short question.

mod activemq;
mod adb;
mod afp;
mod ajp;
mod amqp;
mod ber;
mod bson;
mod cassandra;
#[cfg(test)]
mod check;
mod control;
mod dialogue;
mod dns;
mod ethernet_ip;
mod fox;
mod ftp;
mod identify;
mod imap;
mod knx;
mod ldap;
mod memcached;
mod minecraft;
mod modbus;
mod mongodb;
mod mqtt;
mod mssql;
mod mysql;
mod opcua;
mod oracle;
mod pop3;
mod postgresql;
mod pptp;
mod radmin;
mod redis;
mod reply;
mod rpc;
mod rsync;
mod s7;
mod slp;
mod small;
mod smart_install;
mod smtp;
mod socks;
mod streams;
mod teamspeak;
mod telnet;
#[cfg(test)]
mod tests;
mod text;
mod vnc;
mod winbox;
mod x11;
mod xmpp;
mod zookeeper;

use crate::Step;
pub use identify::identify;

/// The steps, the more usual first.
pub const STEPS: &[Step] = &[
    ftp::STEP,
    smtp::STEP,
    telnet::STEP,
    pop3::STEP,
    imap::STEP,
    mysql::STEP,
    vnc::STEP,
    dns::STEP,
    redis::STEP,
    postgresql::STEP,
    mongodb::STEP,
    mqtt::STEP,
    memcached::STEP,
    ldap::STEP,
    streams::RTSP,
    streams::SIP,
    rpc::PORTMAPPER,
    rpc::NFS,
    rsync::STEP,
    pptp::STEP,
    x11::STEP,
    socks::STEP,
    modbus::STEP,
    s7::STEP,
    opcua::STEP,
    amqp::STEP,
    xmpp::STEP,
    activemq::STEP,
    zookeeper::STEP,
    minecraft::STEP,
    mssql::STEP,
    oracle::STEP,
    cassandra::STEP,
    adb::STEP,
    afp::STEP,
    winbox::STEP,
    radmin::STEP,
    ajp::STEP,
    ethernet_ip::STEP,
    control::IEC104,
    control::DNP3,
    knx::STEP,
    fox::STEP,
    smart_install::STEP,
    slp::STEP,
    teamspeak::STEP,
    small::FINGER,
    small::CHARGEN,
    small::QOTD,
];

/// Where nothing is ever asked, because whatever is sent is printed or run.
///
/// - 512–514: `exec`, `login` and `shell` of BSD take the first bytes for a user and a command
///   (rexecd(8), rlogind(8), rshd(8)).
/// - 9100–9107: raw printing, where every byte that arrives is put on paper (`LPRng` Reference
///   Manual, “Socket API”; Nmap, `nmap-service-probes`, “Exclude T:9100-9107”).
pub const NEVER_ASKED: &[u16] = &[512, 513, 514, 9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107];
