//! A server, from its settings to its sockets: the one place that puts the rooms together.

use super::descriptors;
use crate::checks::Desk;
use crate::engine::Machine;
use crate::http::{App, configure, measure, security_headers};
use crate::settings::Settings;
use crate::visitor::TicketOffice;
use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use actix_web::{App as Actix, HttpServer};
use anyhow::Context as _;
use std::net::{SocketAddr, TcpListener};
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
    CannotListen(SocketAddr, std::io::Error),
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
    fn start() -> std::io::Result<(Self, Handle)> {
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
        let machine = Machine::new(settings.machine_per_second, descriptors::for_probes());
        let desk = Desk::open(settings.limits, addresses.clone(), handle, machine);
        let mut key = [0; 32];
        getrandom::fill(&mut key).context("the system gives no random numbers")?;
        let app = Data::new(App {
            desk: Arc::clone(&desk),
            office: TicketOffice::new(key),
            borders: settings.borders(),
            names: settings.names.clone(),
            operator: settings.operator.clone(),
        });
        let mut server = HttpServer::new(move || {
            Actix::new().wrap(security_headers()).configure(configure(app.clone()))
        })
        .on_connect(measure)
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

fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let bound = || -> std::io::Result<TcpListener> {
        let socket = socket2::Socket::new(
            socket2::Domain::for_address(address),
            socket2::Type::STREAM,
            None,
        )?;
        if address.is_ipv6() {
            // Each family has its own entry in the settings; `[::]` does not take IPv4 along.
            socket.set_only_v6(true)?;
        }
        socket.set_reuse_address(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        socket.set_nonblocking(true)?;
        Ok(socket.into())
    };
    bound().map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            let next = address.port().checked_add(1).unwrap_or(8081);
            ServeError::InUse(address, SocketAddr::new(address.ip(), next))
        }
        _ => ServeError::CannotListen(address, error),
    })
}
