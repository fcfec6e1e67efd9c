//! Certificates as devices make them for themselves.

use klinke_shared::Certificate;

/// Product, a name of the certificate and its issuer.
const SHOWN: &[(&str, &str, &str)] = &[
    ("FRITZ!Box", "abcdefgh12345678.myfritz.net", "R11, Let's Encrypt"),
    ("FRITZ!Box", "fritz.box", "fritz.box"),
    ("LANCOM", "192.168.1.1", "LANCOM CA, LANCOM SYSTEMS"),
    ("UniFi", "UniFi", "UniFi, ubnt.com"),
    ("UniFi", "unifi.local", "unifi.local, Ubiquiti Inc."),
    ("OPNsense", "OPNsense.localdomain", "OPNsense.localdomain, OPNsense self-signed web cert"),
    ("pfSense", "pfSense-5f3a1b2c3d4e5", "pfSense-5f3a1b2c3d4e5, pfSense webConfigurator"),
    ("FortiGate", "FGT60FTK20012345", "fortinet-subca2001, Fortinet"),
    ("Fortinet", "FAZ-VM0000000001", "support, Fortinet"),
    ("SonicWall", "192.168.168.168", "192.168.168.168, HTTPS Management Certificate for SonicWALL"),
    ("WatchGuard Firebox", "Fireware web Server", "Fireware web CA, WatchGuard_Technologies"),
    ("Zyxel", "usg60_B8ECA3000000", "usg60_B8ECA3000000, ZyXEL"),
    ("DrayTek Vigor", "Vigor Router", "Vigor Router, DrayTek Corp."),
    ("Cisco ASA", "ASA Temporary Self Signed Certificate", "ASA Temporary Self Signed Certificate"),
    (
        "Cisco IOS",
        "IOS-Self-Signed-Certificate-4163115936",
        "IOS-Self-Signed-Certificate-4163115936",
    ),
    ("Synology DSM", "synology", "Synology Inc. CA, Synology Inc."),
    ("Synology DSM", "archiv.synology.me", "R11, Let's Encrypt"),
    ("QNAP QTS", "archiv.myqnapcloud.com", "R11, Let's Encrypt"),
    ("QNAP QTS", "QNAP NAS", "QNAP NAS, QNAP Systems, Inc."),
    ("WD My Cloud", "device1234.remotewd.com", "DigiCert"),
    ("TrueNAS", "localhost", "localhost, iXsystems"),
    ("Unraid", "0a1b.myunraid.net", "R11, Let's Encrypt"),
    ("Proxmox VE", "pve1.example.org", "Proxmox Virtual Environment, PVE Cluster Manager CA"),
    ("VMware", "localhost.localdomain", "VMware Installer"),
    ("HPE iLO", "ILOCZ1234567", "Default Issuer (Do not trust), Hewlett Packard Enterprise"),
    ("Dell iDRAC", "idrac-JXJJC02", "idrac-JXJJC02, Dell Inc."),
    ("Supermicro IPMI", "IPMI", "IPMI, Super Micro Computer"),
    ("Plex Media Server", "*.0123456789abcdef0123456789abcdef.plex.direct", "R11, Let's Encrypt"),
    ("Kubernetes", "kubernetes.default.svc", "kubernetes"),
    ("Traefik", "TRAEFIK DEFAULT CERT", "TRAEFIK DEFAULT CERT"),
];

/// They, as they are kept.
pub(super) fn shown() -> Vec<(&'static str, Certificate)> {
    let certificate = |name: &str, issuer: &str| Certificate {
        names: vec!["host.example".into(), name.into()],
        issuer: Some(issuer.into()),
        expires: 0,
    };
    SHOWN.iter().map(|(product, name, issuer)| (*product, certificate(name, issuer))).collect()
}
