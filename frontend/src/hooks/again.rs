//! Asks a door of the report again, with new proofs of the line's addresses.

use super::check::follow;
use super::watched::{use_kept, use_watched};
use crate::net;
use crate::state::{Action, Failure, State};
use klinke_shared::api::{Hosts, ProblemCode, RecheckRequest};
use klinke_shared::{CheckId, IpFamily, Language, Port};
use std::net::IpAddr;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook};

/// Does what the visitor wishes, and follows what comes of it.
#[hook]
pub fn use_again(state: &State, tell: &Callback<Action>) {
    let check = state.check_of_page();
    let report = check.and_then(|check| Some((check.id, check.report()?.addresses.clone())));
    let hosts = state.site.as_ref().map(|site| site.hosts.clone()).unwrap_or_default();
    let language = state.language();
    let answer = tell.clone();
    let asking = state.again.asking();
    use_watched(asking, move || {
        let (Some(port), Some((id, addresses))) = (asking, report) else { return };
        let addresses = addresses.iter().map(|line| line.address).collect();
        spawn_local(async move {
            let created = begin(id, port, addresses, hosts, language).await;
            answer.emit(Action::Again(created));
        });
    });
    let heard = tell.clone();
    let running = state.again.running();
    use_kept(running, move || Some(follow(running?, true, heard)));
}

async fn begin(
    id: CheckId,
    port: Port,
    addresses: Vec<IpAddr>,
    hosts: Hosts,
    language: Language,
) -> Result<CheckId, Failure> {
    let visitor = net::visitor().await?;
    let refused = visitor.refused.unwrap_or(ProblemCode::AddressRefused);
    let ticket = visitor.ticket.ok_or(Failure::Refused { code: refused, retry_after: None })?;
    let other = IpFamily::of(visitor.address).other();
    let has_other = addresses.iter().any(|address| IpFamily::of(*address) == other);
    let mut tickets = vec![ticket.clone()];
    if let Some(host) = hosts.of(other).filter(|_| has_other) {
        let companion = net::companion(host, &ticket).await.ok();
        tickets.extend(companion.and_then(|companion| companion.ticket));
    }
    let wish = RecheckRequest {
        tickets,
        consent: true,
        ports: vec![port],
        lang: Some(language.to_string()),
    };
    net::begin_again(id, &wish).await.map(|created| created.id)
}
