//! The proof that an address belongs to whoever asks for it to be checked.

use super::address_kind::{AddressKind, scope_of, unmapped};
use super::borders::Borders;
use super::ticket::{Seen, TicketError, TicketOffice};
use klinke_shared::Scope;
use std::fmt;
use std::net::IpAddr;

/// An address proven to belong to the visitor's own connection. There is one way to make one,
/// [`OwnAddress::prove`], and the engine's transports accept nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OwnAddress {
    address: IpAddr,
    scope: Scope,
}

/// The connection on which a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// The address at the other end of the connection, as the operating system gives it; behind trusted
    /// proxies, as the first of them saw it.
    pub peer: IpAddr,
    /// How the request came over it.
    pub way: Way,
}

/// How a request came, as far as it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nothing stands between the two ends, or trusted proxies only.
    Direct,
    /// It says that somebody passed it on. Then the peer is that somebody.
    PassedOn,
    /// It asks for a name that is not this server's: that of something before it, or of a foreign page
    /// whose name was pointed here (DNS rebinding).
    OtherName,
    /// A trusted proxy sent it and does not say for whom.
    ProxySilent,
}

/// What proves that an address is somebody's own.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// A visitor's: the connection, and a ticket that was handed out over the same address.
    Visitor {
        /// The connection of this request.
        connection: Connection,
        /// Whom this server may check.
        borders: &'a Borders,
        /// The ticket that came with it.
        ticket: &'a str,
        /// Who hands out tickets.
        office: &'a TicketOffice,
        /// Seconds since 1970.
        now: u64,
    },
    /// A visitor's address of the other family: a companion of the ticket that proved the first one. It
    /// was handed out over a connection from that address.
    Companion {
        /// The ticket of the first address, found genuine.
        first: &'a Seen,
        /// The companion.
        ticket: &'a str,
        /// Whom this server may check.
        borders: &'a Borders,
        /// Who hands out tickets.
        office: &'a TicketOffice,
        /// Seconds since 1970.
        now: u64,
    },
    /// A person at a terminal of this machine, who types the address, as `curl` on one connection
    /// does: the connection alone.
    Terminal {
        /// The connection of this request.
        connection: Connection,
        /// Whom this server may check.
        borders: &'a Borders,
    },
    /// The person who runs `klinke scan` on this machine: loopback and private addresses only.
    Operator {
        /// The address to check.
        address: IpAddr,
    },
}

/// Why an address is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is nobody's own line.
    #[error("{address} is not checked: it is {kind}")]
    Kind {
        /// The address.
        address: IpAddr,
        /// What it is.
        kind: AddressKind,
    },
    /// An address inside, at a server on the internet: its visitors come through something that hides
    /// their addresses.
    #[error(
        "{0} is an address inside a network, and this server is on the internet; something before it hides its visitors"
    )]
    Inside(IpAddr),
    /// A public address, at a server inside a network.
    #[error("{0} is a public address, and this server checks its own network only")]
    Outside(IpAddr),
    /// Somebody wants this address to be left alone.
    #[error("{0} is in a network that this server leaves alone (checks.left_alone)")]
    LeftAlone(IpAddr),
    /// A proxy stands between, so the address is not the visitor's.
    #[error("the request was passed on by a proxy, so its address is not the visitor's")]
    PassedOn,
    /// The request asks for a name that is not this server's.
    #[error("the page was opened under a name that this server is not known by (names)")]
    OtherName,
    /// The address is one of this server's own.
    #[error("{0} is an address of this server itself, and no visitor's")]
    Server(IpAddr),
    /// The address belongs to a service that hides its users.
    #[error("{address} belongs to a service that hides its users ({network})")]
    Borrowed {
        /// The address.
        address: IpAddr,
        /// What kind of service.
        network: &'static str,
    },
    /// A trusted proxy does not say for whom it asks.
    #[error(
        "a trusted proxy (proxies.trusted) sent the request and does not say for whom in a header of proxies.headers"
    )]
    ProxySilent,
    /// The ticket does not prove it.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// `klinke scan` of an address that is not this machine's or its network's.
    #[error(
        "{0} is not a loopback or private address. `klinke scan` checks only this machine and its own network; \
         to check a public address, open the page of a Klinke server from that connection"
    )]
    NotLocal(IpAddr),
}

impl OwnAddress {
    /// The one way to an own address.
    ///
    /// # Errors
    /// Says why the proof does not hold.
    pub fn prove(proof: Proof<'_>) -> Result<Self, Refusal> {
        match proof {
            Proof::Visitor { connection, borders, ticket, office, now } => {
                let own = Self::of_connection(connection, borders)?;
                office.verify(ticket, own.address, now)?;
                Ok(own)
            }
            Proof::Companion { first, ticket, borders, office, now } => {
                let seen = office.verify_companion(ticket, first, now)?;
                Self::within(seen.address, borders)
            }
            Proof::Terminal { connection, borders } => Self::of_connection(connection, borders),
            Proof::Operator { address } => {
                let address = unmapped(address);
                match scope_of(address) {
                    Some(scope @ (Scope::Loopback | Scope::Private)) => Ok(Self { address, scope }),
                    _ => Err(Refusal::NotLocal(address)),
                }
            }
        }
    }

    fn of_connection(connection: Connection, borders: &Borders) -> Result<Self, Refusal> {
        match connection.way {
            Way::Direct => {}
            Way::PassedOn => return Err(Refusal::PassedOn),
            Way::OtherName => return Err(Refusal::OtherName),
            Way::ProxySilent => return Err(Refusal::ProxySilent),
        }
        Self::within(connection.peer, borders)
    }

    fn within(address: IpAddr, borders: &Borders) -> Result<Self, Refusal> {
        let address = unmapped(address);
        let scope = borders.admit(address)?;
        Ok(Self { address, scope })
    }

    /// The address.
    #[must_use]
    pub const fn ip(&self) -> IpAddr {
        self.address
    }

    /// Where it lies.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.scope
    }
}

impl fmt::Display for AddressKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "a public address",
            Self::Loopback => "a loopback address",
            Self::Private => "a private address",
            Self::LinkLocal => "a link-local address",
            Self::SharedByProvider => "shared by a provider's customers",
            Self::Embedded => "an IPv4 address wrapped in IPv6",
            Self::Special => "a special address that is nobody's connection",
        })
    }
}
