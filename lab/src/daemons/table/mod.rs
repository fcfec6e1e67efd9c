//! The daemons: which package, which script, and what is true of each of their ports. It starts
//! none.

mod databases;
mod desktops;
mod mail;
mod networks;
mod shells;
mod web;

use super::service::Service;

/// A daemon.
#[derive(Debug)]
pub(super) struct Daemon {
    pub(super) name: &'static str,
    /// Debian's packages, the first of which has its version.
    pub(super) packages: &'static [&'static str],
    /// Writes its configuration into its folder, and becomes the daemon.
    pub(super) script: &'static str,
    pub(super) services: &'static [Service],
}

/// A daemon by its name, which is also that of its script.
macro_rules! daemon {
    ($name:literal, $packages:expr, $services:expr) => {
        Daemon {
            name: $name,
            packages: &$packages,
            script: include_str!(concat!("../scripts/", $name, ".sh")),
            services: $services,
        }
    };
}
use daemon;

/// All of them, the slow ones first.
pub(super) const DAEMONS: &[&Daemon] = &[
    &databases::MARIADB,
    &databases::POSTGRESQL,
    &databases::REDIS,
    &databases::REDIS_PASSWORD,
    &databases::MEMCACHED,
    &databases::MOSQUITTO,
    &databases::SLAPD,
    &desktops::XRDP,
    &desktops::XVNC,
    &desktops::XVNC_OPEN,
    &desktops::SMBD,
    &desktops::NMBD,
    &desktops::CUPS,
    &mail::POSTFIX,
    &mail::DOVECOT,
    &networks::AVAHI,
    &networks::CHARON,
    &networks::CHRONY,
    &networks::DNSMASQ,
    &networks::KAMAILIO,
    &networks::OPENVPN,
    &networks::RPCBIND,
    &networks::SNMPD,
    &shells::OPENSSH,
    &shells::OPENSSH_KEYS,
    &shells::RSYNC,
    &shells::TELNETD,
    &shells::TFTPD,
    &shells::VSFTPD,
    &web::NGINX,
    &web::SQUID,
];

#[cfg(test)]
mod tests {
    use super::DAEMONS;
    use crate::daemons::compare::TOPICS;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_daemons_share_a_name_or_a_port() {
        let names: BTreeSet<_> = DAEMONS.iter().map(|daemon| daemon.name).collect();
        assert_eq!(names.len(), DAEMONS.len());
        let ports = || DAEMONS.iter().flat_map(|daemon| daemon.services).map(|it| it.port);
        assert_eq!(ports().collect::<BTreeSet<_>>().len(), ports().count());
    }

    #[test]
    fn every_daemon_has_a_package_and_what_need_not_be_said_is_a_topic() {
        for daemon in DAEMONS {
            assert!(!daemon.packages.is_empty(), "{}", daemon.name);
            let unseen = daemon.services.iter().flat_map(|service| service.unseen);
            unseen.for_each(|topic| assert!(TOPICS.contains(topic), "{}: {topic}", daemon.name));
        }
    }

    #[test]
    fn every_script_says_what_it_is_for_and_becomes_its_daemon() {
        for daemon in DAEMONS {
            assert!(daemon.script.starts_with("# "), "{}", daemon.name);
            assert!(daemon.script.contains("\nexec "), "{}", daemon.name);
        }
    }
}
