//! What a server does now and then besides serving: it reads changed lists again, and looks what its machine
//! cannot reach.

use crate::checks::Desk;
use crate::lines::Watched;
use crate::selftest;
use crate::settings::Settings;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

/// How often changed lists are looked for: the look itself costs a few calls of the system.
const LISTS_EVERY: Duration = Duration::from_secs(30);

/// Begins both. They end with the desk and with the runtime.
pub(super) fn start(settings: &Settings, engine: &Handle, desk: &Arc<Desk>, lists: Arc<Watched>) {
    if settings.has_lists() {
        engine.spawn(async move {
            loop {
                tokio::time::sleep(LISTS_EVERY).await;
                let lists = Arc::clone(&lists);
                let looked = tokio::task::spawn_blocking(move || lists.look_again()).await;
                if let Err(error) = looked {
                    tracing::error!(%error, "the lists of networks cannot be looked at");
                }
            }
        });
    }
    if !settings.listeners.is_empty() {
        let (listeners, desk) = (settings.listeners.clone(), Arc::downgrade(desk));
        engine.spawn(async move {
            while let Some(desk) = desk.upgrade() {
                selftest::run(&listeners, desk.machine()).await;
                drop(desk);
                tokio::time::sleep(selftest::EVERY).await;
            }
        });
    }
}
