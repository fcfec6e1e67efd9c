//! The catalogue: the static table that the build makes of `knowledge/services/`, and its look-ups.

use crate::service::{Family, Service, ServiceId, Severity, Tip};
use crate::{Port, Transport};

include!(concat!(env!("OUT_DIR"), "/services.rs"));

/// Every service with its key, in order of rank: what attackers try first comes first.
pub fn services() -> impl Iterator<Item = (ServiceId, &'static Service)> {
    (0..).map(ServiceId).zip(SERVICES.iter())
}

/// The service of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<ServiceId> {
    services().find(|(_, service)| service.name == name).map(|(id, _)| id)
}

/// The usual service at a port.
#[must_use]
pub fn usual_at(port: Port) -> Option<ServiceId> {
    services().find(|(_, service)| claims(service.tcp, service.udp, port)).map(|(id, _)| id)
}

/// Every service that may be found at a port: the usual one first, then the others by rank.
#[must_use]
pub fn at_port(port: Port) -> Vec<ServiceId> {
    let also = services()
        .filter(|(_, service)| claims(service.also_tcp, service.also_udp, port))
        .map(|(id, _)| id);
    usual_at(port).into_iter().chain(also).collect()
}

fn claims(tcp: &[u16], udp: &[u16], port: Port) -> bool {
    let numbers = match port.transport {
        Transport::Tcp => tcp,
        Transport::Udp => udp,
    };
    numbers.contains(&port.number.get())
}
