//! TLS without a server's name, and which conversation comes inside at which port.

use super::http::{self, Http};
use super::inside::Inside;
use crate::{Act, Context, Conversation, Exchange, Reading, tcp};
use klinke_shared::Protocol;

/// Where TLS comes first, the more usual first (IANA's registry of service names; for devices and
/// applications their makers' documentation).
pub(super) const PORTS: &[u16] = &[
    443, 8443, 993, 465, 995, 4443, 10443, 5001, 8006, 9443, 636, 3269, 990, 5061, 8883, 853, 7443,
    943, 8089, 5986, 6443, 10250, 2376, 2083, 2087, 2096, 8447, 10000, 9090, 8444, 5443, 6984,
    8920, 5671, 5223, 992, 322, 8834, 4433, 6514, 7001,
];

/// What is spoken inside at ports where it is not HTTP. Where nothing is said that could do harm to
/// what listens there (a log would write it down), it is TLS and no more.
const INNER: &[(u16, Protocol)] = &[
    (993, Protocol::Imap),
    (465, Protocol::Smtp),
    (995, Protocol::Pop3),
    (636, Protocol::Ldap),
    (3269, Protocol::Ldap),
    (990, Protocol::Ftp),
    (5061, Protocol::Sip),
    (8883, Protocol::Mqtt),
    (853, Protocol::Dns),
    (5671, Protocol::Amqp),
    (5223, Protocol::Xmpp),
    (992, Protocol::Telnet),
    (322, Protocol::Rtsp),
    (6514, Protocol::Tls),
];

/// Begins TLS with what is usual inside at this port.
pub(super) fn begin(context: &Context) -> Box<dyn Conversation> {
    let Some((_, usual)) = INNER.iter().find(|(port, _)| *port == context.port) else {
        return Box::new(Inside::new(context, Box::new(Http::inside_tls(context)), true));
    };
    let step = tcp::STEPS.iter().find(|step| step.protocol == *usual);
    let inner = step.map_or_else(listen, |step| (step.begin)(context));
    Box::new(Inside::new(context, inner, false))
}

/// Hears what greets by itself.
fn listen() -> Box<dyn Conversation> {
    Box::new(Exchange::listen(|heard, over| match http::unasked(heard, over) {
        Act::Known(recognition) => Reading::Known(recognition),
        _ => Reading::More,
    }))
}
