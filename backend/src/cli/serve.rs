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
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

pub(super) fn run(arguments: ServeArguments) -> Result<(), Failure> {
    let settings = Settings::load(&sources(arguments))
        .map_err(|error| Failure::WrongUse(error.to_string()))?;
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|error| Failure::WrongUse(format!("log = {}: {error}", settings.log)))?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if let Some(folder) = &settings.knowledge {
        knowledge::add_own(folder).map_err(|error| Failure::WrongUse(error.to_string()))?;
    }
    descriptors::raise_limit();
    let system = actix_web::rt::System::new();
    let result = system.block_on(async {
        let server = Server::bind(&settings)?;
        announce(&settings, &server);
        stop_on_signal(server.handle(), Arc::clone(&server.desk));
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

#[expect(
    clippy::print_stdout,
    reason = "the address to open is for the person who started the server"
)]
fn announce(settings: &Settings, server: &Server) {
    for address in &server.addresses {
        let host = if address.ip().is_loopback() && address.is_ipv4() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        };
        println!("Klinke is ready: open http://{host}");
    }
    if settings.reach() == Reach::Local {
        println!(
            "Local mode: it checks the computer or network from which the page is opened. Press Ctrl-C to stop."
        );
    }
}

/// On the first signal, running checks end with a clear event, so that their streams end, and the
/// server finishes what is open.
fn stop_on_signal(server: ServerHandle, desk: Arc<Desk>) {
    actix_web::rt::spawn(async move {
        if let Err(error) = signalled().await {
            tracing::warn!(%error, "signals cannot be received; stop the server by killing it");
            return;
        }
        tracing::info!("stopping");
        desk.close();
        server.stop(true).await;
    });
}

async fn signalled() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
