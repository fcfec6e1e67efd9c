//! A report of nmap's, and what is read from it.

use super::{Said, read};
use crate::port::{Port, Transport};

/// What nmap 7.93 says of these daemons, shortened.
const REPORT: &str = include_str!("../samples/nmap.xml");

fn said(transport: Transport, number: u16) -> Said {
    read(REPORT)[&Port { transport, number }].clone()
}

fn known(number: u16) -> [Option<String>; 3] {
    let said = said(Transport::Tcp, number);
    [said.protocol, said.product, said.version]
}

fn some(words: &[&str]) -> Vec<Option<String>> {
    words.iter().map(|word| Some((*word).to_owned())).collect()
}

#[test]
fn what_is_recognised_is_read() {
    assert_eq!(known(443).to_vec(), some(&["http", "nginx", "1.22.1"]));
    assert!(said(Transport::Tcp, 443).tls);
    assert_eq!(known(1883).to_vec(), some(&["mqtt", "mosquitto", "2.0.11"]));
    assert_eq!(known(5060).to_vec(), some(&["sip", "kamailio", "5.6.3 (x86_64/linux))"]));
}

#[test]
fn what_is_only_looked_up_is_not_recognised() {
    assert_eq!(known(995), [None, None, None]);
    assert_eq!(said(Transport::Udp, 69).state, "uncertain");
}

#[test]
fn a_range_is_no_version_and_a_protocol_is_no_product() {
    assert_eq!(known(5432)[2], None);
    let ntp = said(Transport::Udp, 123);
    assert_eq!((ntp.product, ntp.version), (None, None));
}
