//! Asks which addresses the visitor comes from, and from where their UDP comes.

use super::watched::use_watched;
use crate::net;
use crate::state::{Action, Line, Other, Start, State, Survey};
use crate::udp;
use klinke_shared::api::Hosts;
use klinke_shared::{Gap, Route, Scope};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook};

/// Keeps the visitor's line known: it is asked for when the start page wants it or the proof has become
/// too old.
#[hook]
pub fn use_line(state: &State, tell: &Callback<Action>) {
    let on_start_page = state.page.route == Route::Start && matches!(state.line, Line::Asked);
    let wanted = on_start_page || state.start == Start::Renewing;
    let line = tell.clone();
    use_watched(wanted, move || {
        if wanted {
            spawn_local(async move { line.emit(Action::Line(net::visitor().await)) });
        }
    });
    use_other_family(state, tell);
    use_udp(state, tell);
}

/// Asks the host of the other family, with the ticket of the first.
#[hook]
fn use_other_family(state: &State, tell: &Callback<Action>) {
    let site = state.site.clone().filter(|_| matches!(state.survey.other, Other::Asked));
    let family = Survey::family_to_ask(&state.line);
    let ticket = state.line.ticket().map(str::to_owned);
    let tell = tell.clone();
    use_watched((site.is_some(), ticket.clone()), move || {
        let (Some(site), Some(family), Some(ticket)) = (site, family, ticket) else {
            return;
        };
        let Some(host) = site.hosts.of(family) else {
            tell.emit(Action::Other(Err(Gap::NotOffered)));
            return;
        };
        let host = host.to_owned();
        spawn_local(async move { tell.emit(Action::Other(net::companion(&host, &ticket).await)) });
    });
}

/// Asks by UDP where the server answers it and the address is one on the internet.
#[hook]
fn use_udp(state: &State, tell: &Callback<Action>) {
    let site = state.site.clone().filter(|_| state.survey.by_udp.is_none());
    let scope = state.line.visitor().filter(|seen| seen.ticket.is_some()).map(|seen| seen.scope);
    let tell = tell.clone();
    use_watched((site.is_some(), scope), move || {
        let (Some(site), Some(scope)) = (site, scope) else { return };
        spawn_local(async move {
            let found = match site.stun.filter(|_| scope == Scope::Public) {
                Some(port) => udp::addresses(&stun_hosts(&site.hosts), port).await,
                None => Vec::new(),
            };
            tell.emit(Action::ByUdp(found));
        });
    });
}

/// The hosts of both families, without their ports; the page's own where there are none.
fn stun_hosts(hosts: &Hosts) -> Vec<String> {
    let mut names: Vec<String> = hosts.names().map(str::to_owned).collect();
    if names.is_empty() {
        let own = web_sys::window().and_then(|window| window.location().hostname().ok());
        names.extend(own);
    }
    names
}
