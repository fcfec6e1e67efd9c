//! `klinke serve`: from settings to a running server, and down again in good order.

use super::arguments::ServeArguments;
use super::server::{ServeError, Server};
use super::{Failure, descriptors};
use crate::checks::Desk;
use crate::knowledge;
use crate::settings::{Settings, Sources};
use crate::visitor::Reach;
use actix_web::dev::ServerHandle;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write as _;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

pub(super) fn run(arguments: ServeArguments) -> Result<(), Failure> {
    let settings = Settings::load(&sources(arguments))
        .map_err(|error| Failure::WrongUse(error.to_string()))?;
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|error| Failure::WrongUse(format!("log = {}: {error}", settings.log)))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A log that nobody reads any more is none to complain in: the complaint would be a panic.
        .log_internal_errors(false)
        .init();
    if let Some(folder) = &settings.knowledge {
        knowledge::add_own(folder).map_err(|error| Failure::WrongUse(error.to_string()))?;
    }
    descriptors::raise_limit();
    let system = actix_web::rt::System::new();
    let result = system.block_on(async {
        let server = Server::bind(&settings)?;
        stop_on_signal(server.handle(), Arc::clone(&server.desk));
        announce(&settings, &server);
        server.run().await
    });
    result.map_err(|error| match error.downcast::<ServeError>() {
        Ok(error) => Failure::WrongUse(error.to_string()),
        Err(error) => Failure::Other(error),
    })
}

fn sources(arguments: ServeArguments) -> Sources {
    let mut flags: Vec<(String, String, String)> = arguments
        .set
        .into_iter()
        .map(|(key, value)| {
            let flag = format!("--set {key}={value}");
            (key, value, flag)
        })
        .collect();
    if !arguments.listen.is_empty() {
        let all = arguments.listen.join(",");
        flags.push(("listen".to_owned(), all.clone(), format!("--listen {all}")));
    }
    Sources { file: arguments.config, environment: environment(), flags }
}

/// The environment as far as it is text; settings are.
fn environment() -> BTreeMap<String, String> {
    let text = |(name, value): (OsString, OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(text).collect()
}

/// Names the address to open to the person who started the server. That nobody listens is no fault.
fn announce(settings: &Settings, server: &Server) {
    let mut out = std::io::stdout();
    for address in &server.addresses {
        let host = if address.ip().is_loopback() && address.is_ipv4() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        };
        let _ = writeln!(out, "Klinke is ready: open http://{host}");
    }
    if settings.reach() == Reach::Local {
        let _ = writeln!(
            out,
            "Local mode: it checks the computer or network from which the page is opened. Press Ctrl-C to stop."
        );
    }
}

/// On the first signal, running checks end with a clear event, so that their streams end, and the
/// server finishes what is open. From the moment when this returns, a signal is not missed.
fn stop_on_signal(server: ServerHandle, desk: Arc<Desk>) {
    let signals =
        signal(SignalKind::terminate()).and_then(|one| Ok((one, signal(SignalKind::interrupt())?)));
    let (mut terminate, mut interrupt) = match signals {
        Ok(signals) => signals,
        Err(error) => {
            tracing::warn!(%error, "signals cannot be received; stop the server by killing it");
            return;
        }
    };
    actix_web::rt::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        desk.close();
        server.stop(true).await;
    });
}
