//! A server, from its settings to its sockets: the one place that puts the rooms together.

use super::{background, descriptors, key};
use crate::checks::{Desk, Surroundings};
use crate::engine::{Knocker, Machine, Method};
use crate::http::{App, Crowd, Finished, configure, measure, over_tls, security_headers};
use crate::lines::{Names, Watched};
use crate::look::{LogoError, Look};
use crate::settings::{Resolver, Settings};
use crate::stun;
use crate::visitor::{AddressKind, OwnAddress, Proof, Reach, TicketOffice};
use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App as Actix, HttpServer};
use anyhow::Context as _;
use klinke_shared::api::Operator;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};

/// How long open requests may take after the signal to stop. Streams end at once, so this is for
/// downloads on slow lines.
const SHUTDOWN_SECONDS: u64 = 5;
/// A browser that has not sent its whole request's head by then is not served.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// The kernel's queue of connections that wait to be accepted.
const BACKLOG: i32 = 1024;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens there.
    #[error(
        "{0} is already in use by another program. Stop it, or choose another address with --listen, \
         for example --listen {1}"
    )]
    InUse(SocketAddr, SocketAddr),
    /// The system does not let this program listen there.
    #[error("cannot listen on {0}: {1}. Choose another address with --listen")]
    CannotListen(SocketAddr, io::Error),
    /// The UDP port for STUN cannot be used.
    #[error(
        "cannot answer STUN at {0}/udp: {1}. Choose another port with stun.port, or 0 to switch it off"
    )]
    CannotAnswerStun(SocketAddr, io::Error),
    /// Raw packets are asked for and not allowed.
    #[error(
        "probes.method = \"syn\", but raw packets cannot be sent: {0}. They need root or the capability CAP_NET_RAW; \
         \"connect\" needs no right"
    )]
    NoRawPackets(io::Error),
    /// The operator's logo cannot be shown.
    #[error(transparent)]
    Logo(#[from] LogoError),
}

/// A server that is bound and ready to run.
pub struct Server {
    /// The addresses that it really listens on.
    pub addresses: Vec<SocketAddr>,
    /// Its desk, to close it.
    pub desk: Arc<Desk>,
    running: actix_web::dev::Server,
    _engine: EngineThread,
}

/// Runs the checks, apart from the workers of the web side. It must outlive the server, and it is
/// dropped without waiting, which an asynchronous place must not do.
struct EngineThread(Option<Runtime>);

impl EngineThread {
    fn start() -> io::Result<(Self, Handle)> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("engine")
            .enable_all()
            .build()?;
        let handle = runtime.handle().clone();
        Ok((Self(Some(runtime)), handle))
    }
}

impl Drop for EngineThread {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Server {
    /// Binds every address of the settings and prepares the server. Needs actix's system.
    ///
    /// # Errors
    /// [`ServeError`] when an address cannot be listened on.
    pub fn bind(settings: &Settings) -> anyhow::Result<Self> {
        let listeners: Vec<TcpListener> =
            settings.listen.iter().map(|address| listen(*address)).collect::<Result<_, _>>()?;
        let addresses: Vec<SocketAddr> =
            listeners.iter().map(TcpListener::local_addr).collect::<Result<_, _>>()?;
        let (engine, handle) = EngineThread::start().context("cannot start the engine's thread")?;
        let lists = Arc::new(Watched::open(settings.list_files())?);
        settings.audit.prepare().context("the folder of audit.folder cannot be written")?;
        if settings.limits.method == Method::Syn {
            can_send_raw_packets()?;
        }
        let around = Surroundings {
            listening: addresses.clone(),
            engine: handle.clone(),
            machine: Machine::new(settings.machine_per_second, descriptors::for_probes()),
            audit: settings.audit.clone(),
        };
        let desk = Desk::open(settings.limits, around);
        let stun = stun_port(settings, &addresses, &handle)?;
        background::start(settings, &handle, &desk, Arc::clone(&lists));
        let look =
            Look::open(settings.logo.as_deref(), settings.accent).map_err(ServeError::from)?;
        let hosts = settings.hosts_of(&addresses);
        let crowd = Crowd::new(settings.connections.per_address, settings.proxies.clone());
        let app = Data::new(App {
            desk: Arc::clone(&desk),
            office: TicketOffice::new(key::ticket_key(settings.ticket_key.as_deref())?),
            borders: settings.borders(own_addresses(), lists),
            names: settings.names.clone(),
            proxies: settings.proxies.clone(),
            listening: addresses.clone(),
            hosts: hosts.clone(),
            stun,
            line_names: line_names(settings.resolver),
            operator: Operator { logo: look.logo_address(), ..settings.operator.clone() },
            look,
            finished: Finished::default(),
        });
        let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let mut server = HttpServer::new(move || {
            Actix::new()
                .wrap(from_fn(over_tls))
                .wrap(security_headers(&hosts))
                .configure(configure(app.clone()))
        })
        .workers(workers)
        .max_connections(settings.connections.most.div_ceil(workers))
        .on_connect(move |connection, data| {
            measure(connection, data);
            crowd.enter(connection, data);
        })
        .client_request_timeout(REQUEST_TIMEOUT)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals();
        for listener in listeners {
            server = server.listen(listener)?;
        }
        Ok(Self { addresses, desk, running: server.run(), _engine: engine })
    }

    /// Serves until it is stopped.
    ///
    /// # Errors
    /// When accepting connections fails for good.
    pub async fn run(self) -> anyhow::Result<()> {
        let served = self.running.await;
        self.desk.close();
        served.context("the server stopped")
    }

    /// A handle to stop the server.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.running.handle()
    }
}

/// A server that is told to ask by raw packets and may not does not start: every check would fail.
fn can_send_raw_packets() -> Result<(), ServeError> {
    let here = OwnAddress::prove(Proof::Operator { address: Ipv4Addr::LOCALHOST.into() });
    let here = here.map_err(|refusal| ServeError::NoRawPackets(io::Error::other(refusal)))?;
    let tried = Knocker::new(&here, Method::Syn, [0; 16], 0);
    tried.map(drop).map_err(ServeError::NoRawPackets)
}

/// Answers STUN beside every address of a public server that listens for pages; the port, if it does.
fn stun_port(
    settings: &Settings,
    addresses: &[SocketAddr],
    engine: &Handle,
) -> anyhow::Result<Option<u16>> {
    let Some(port) = settings.stun.filter(|_| settings.reach() == Reach::Public) else {
        return Ok(None);
    };
    let mut hosts: Vec<IpAddr> = addresses.iter().map(SocketAddr::ip).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let _inside = engine.enter();
    for host in hosts {
        let address = SocketAddr::new(host, port);
        let socket = bind(address, socket2::Type::DGRAM)
            .map_err(|error| ServeError::CannotAnswerStun(address, error))?;
        engine.spawn(stun::serve(socket)?);
    }
    Ok(Some(port))
}

fn line_names(resolver: Resolver) -> Option<Names> {
    match resolver {
        Resolver::None => None,
        Resolver::System => Names::of_the_system(),
        Resolver::At(server) => Names::asking(server),
    }
}

/// The public addresses of this machine's network cards.
fn own_addresses() -> Vec<IpAddr> {
    let cards = match nix::ifaddrs::getifaddrs() {
        Ok(cards) => cards,
        Err(error) => {
            tracing::warn!(%error, "the addresses of this machine cannot be listed");
            return Vec::new();
        }
    };
    let ip = |storage: nix::sys::socket::SockaddrStorage| {
        let v4 = storage.as_sockaddr_in().map(|v4| IpAddr::V4(v4.ip()));
        v4.or_else(|| storage.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip())))
    };
    let public = |address: &IpAddr| AddressKind::of(*address) == AddressKind::Public;
    cards.filter_map(|card| card.address).filter_map(ip).filter(public).collect()
}

fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let bound = || -> io::Result<TcpListener> {
        let socket = bind(address, socket2::Type::STREAM)?;
        socket.listen(BACKLOG)?;
        Ok(socket.into())
    };
    bound().map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            let next = address.port().checked_add(1).unwrap_or(8081);
            ServeError::InUse(address, SocketAddr::new(address.ip(), next))
        }
        _ => ServeError::CannotListen(address, error),
    })
}

fn bind(address: SocketAddr, kind: socket2::Type) -> io::Result<socket2::Socket> {
    let socket = socket2::Socket::new(socket2::Domain::for_address(address), kind, None)?;
    if address.is_ipv6() {
        // Each family has its own entry in the settings; `[::]` does not take IPv4 along.
        socket.set_only_v6(true)?;
    }
    if kind == socket2::Type::STREAM {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}
