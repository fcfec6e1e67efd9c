//! The catalogue: the table that the build makes of `knowledge/services/`, or that which was installed
//! in its place, and its look-ups. The page is built without a table, because as a file it is a third as
//! long to load.

use crate::service::{Service, ServiceId};
use crate::texts::TextsError;
use crate::tree::{Tree, Unreadable};
use crate::{Port, Recognition, Transport};
use std::sync::OnceLock;

#[cfg(feature = "built-in")]
mod built_in;
#[cfg(feature = "built-in")]
use built_in::SERVICES as BUILT_IN;
#[cfg(not(feature = "built-in"))]
const BUILT_IN: &[Service] = &[];

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The table with what an operator added, or the only one where none is built in.
static INSTALLED: OnceLock<Vec<Service>> = OnceLock::new();

/// The table in force, in order of rank.
pub(crate) fn table() -> &'static [Service] {
    INSTALLED.get().map_or(BUILT_IN, Vec::as_slice)
}

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// No JSON.
    #[error("the catalogue is no JSON: {0}")]
    NoJson(#[from] serde_json::Error),
    /// JSON, and of another form.
    #[error("the catalogue cannot be read: {0}")]
    Unreadable(#[from] Unreadable),
    /// The words that came with it are of another version.
    #[error(transparent)]
    Texts(#[from] TextsError),
    /// Another one is in use already.
    #[error("another catalogue is in use already")]
    Late,
}

/// Takes the catalogue from the common file of a language. A program does this once, before it looks
/// anything up, because keys are positions in the table.
///
/// # Errors
/// When the file is not of this version, or a catalogue was installed before.
pub fn install(json: &str) -> Result<(), CatalogueError> {
    let tree: Tree = serde_json::from_str(json)?;
    install_services(tree.fields()?.take("services")?)
}

/// The same of its services, which stand in the file in order of rank.
pub(crate) fn install_services(mut services: Vec<Service>) -> Result<(), CatalogueError> {
    for (rank, service) in (1..).zip(&mut services) {
        service.rank = rank;
    }
    INSTALLED.set(services).map_err(|_| CatalogueError::Late)
}

/// Every service with its key, in order of rank: what attackers try first comes first.
pub fn services() -> impl Iterator<Item = (ServiceId, &'static Service)> {
    (0..).map(ServiceId).zip(table())
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

/// The service behind a port, knowing what it said: the one whose product it is, here first; else the one that
/// speaks so and is usual there; else the first that is known by this protocol alone. True when what
/// was said proves it. Nothing when it speaks what no service of the catalogue speaks.
#[must_use]
pub fn recognised_as(port: Port, recognition: &Recognition) -> Option<(ServiceId, bool)> {
    let here = at_port(port).into_iter();
    let mut by_product = here.chain(services().map(|(id, _)| id));
    if let Some(id) = by_product.find(|id| id.service().is_product(recognition)) {
        return Some((id, true));
    }
    if recognition.protocol.is_none() {
        return usual_at(port).map(|id| (id, false));
    }
    let speaks = |id: &ServiceId| id.service().speaks(recognition);
    let proves = |id: &ServiceId| id.service().is_proven_by(recognition);
    if let Some(id) = at_port(port).into_iter().find(speaks) {
        return Some((id, proves(&id)));
    }
    services().map(|(id, _)| id).filter(speaks).find(proves).map(|id| (id, true))
}

/// So many ports above an open one are looked at soon: a router model that was told to release 443
/// really released 440 to 449.
const NEIGHBOURS_ABOVE: u16 = 9;
/// And so many below.
const NEIGHBOURS_BELOW: u16 = 3;

/// The ports that are often open together with this one: those of the services that may be found
/// there, and its neighbours.
pub fn companions(port: Port) -> impl Iterator<Item = Port> {
    let number = port.number.get();
    let near = number.saturating_sub(NEIGHBOURS_BELOW)..=number.saturating_add(NEIGHBOURS_ABOVE);
    let services = at_port(port).into_iter().flat_map(|id| id.service().ports());
    services
        .chain(near.filter_map(move |near| Port::new(port.transport, near)))
        .filter(move |other| *other != port)
}

fn claims(tcp: &[u16], udp: &[u16], port: Port) -> bool {
    let numbers = match port.transport {
        Transport::Tcp => tcp,
        Transport::Udp => udp,
    };
    numbers.contains(&port.number.get())
}
