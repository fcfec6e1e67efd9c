//! What networks run on: names, time, tunnels, calls and their management. It knows no daemon of
//! another kind.

use super::super::service::{Version, tcp, udp};
use super::{Daemon, daemon};

pub(super) const AVAHI: Daemon =
    daemon!("avahi", ["avahi-daemon"], &[udp(5353, &["mdns"]).hides(&["Avahi"])]);

pub(super) const CHARON: Daemon = daemon!(
    "charon",
    ["strongswan-charon"],
    &[udp(500, &["ike"]).hides(&["strongSwan"]), udp(4500, &["ike"]).hides(&["strongSwan"])]
);

pub(super) const CHRONY: Daemon =
    daemon!("chrony", ["chrony"], &[udp(123, &["ntp"]).hides(&["chrony"])]);

pub(super) const DNSMASQ: Daemon = daemon!(
    "dnsmasq",
    ["dnsmasq-base"],
    &[
        tcp(53, &["dns"]).shows(&["dnsmasq"]).version(Version::OfPackage).notes(&["recursion"]),
        udp(53, &["dns"]).shows(&["dnsmasq"]).version(Version::OfPackage).notes(&["recursion"]),
    ]
);

pub(super) const KAMAILIO: Daemon = daemon!(
    "kamailio",
    ["kamailio"],
    &[
        tcp(5060, &["sip"]).shows(&["kamailio"]).version(Version::OfPackage),
        udp(5060, &["sip"]).shows(&["kamailio"]).version(Version::OfPackage),
    ]
);

pub(super) const OPENVPN: Daemon =
    daemon!("openvpn", ["openvpn"], &[udp(1194, &["openvpn"]).shows(&["OpenVPN"])]);

pub(super) const RPCBIND: Daemon = daemon!(
    "rpcbind",
    ["rpcbind"],
    &[tcp(111, &["rpc"]).hides(&["rpcbind"]), udp(111, &["rpc"]).hides(&["rpcbind"])]
);

/// It shows both what it is and what system it runs on.
pub(super) const SNMPD: Daemon = daemon!(
    "snmpd",
    ["snmpd"],
    &[udp(161, &["snmp"])
        .shows(&["net-snmp", "Linux"])
        .version(Version::Exactly("6.1.0"))
        .notes(&["no-password"])]
);
