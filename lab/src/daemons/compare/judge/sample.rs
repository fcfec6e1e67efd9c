//! A truth, and the same said by somebody.

use super::Said;
use crate::daemons::service::Tls;
use crate::daemons::truth::Truth;
use crate::port::{Port, Transport};

const SSH: Port = Port { transport: Transport::Tcp, number: 22 };

pub(in crate::daemons::compare) fn truth() -> Truth {
    Truth {
        daemon: "openssh",
        port: SSH,
        protocols: &["ssh"],
        tls: Tls::No,
        products: &["OpenSSH"],
        shows_product: true,
        version: Some("9.2p1".to_owned()),
        notes: &["password-login"],
        also: &["asks-password"],
        unseen: &[],
        in_ipv6: true,
    }
}

pub(in crate::daemons::compare) fn said() -> Said {
    Said {
        state: "open".to_owned(),
        protocol: Some("ssh".to_owned()),
        tls: false,
        product: Some("openssh".to_owned()),
        version: Some("9.2p1 Debian 2".to_owned()),
        notes: Some(vec!["password-login".to_owned()]),
    }
}
