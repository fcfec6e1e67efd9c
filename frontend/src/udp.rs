//! From which addresses this browser speaks UDP: it asks the own server by STUN, through WebRTC. Nothing is
//! sent to anyone else, and no microphone or camera is touched. Knows nothing of what an address means.

use gloo_timers::callback::Timeout;
use js_sys::{Function, JSON, Promise};
use std::cell::RefCell;
use std::net::IpAddr;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RtcConfiguration, RtcPeerConnection, RtcPeerConnectionIceEvent};

/// A browser that has heard nothing by then will not: it asks again after half a second and after
/// another one (RFC 8489, 6.2.1).
const PATIENCE_MS: u32 = 2_000;

/// The addresses that the servers at these hosts see; none where UDP is blocked or the browser has no WebRTC.
pub async fn addresses(hosts: &[String], port: u16) -> Vec<IpAddr> {
    let found = Rc::<RefCell<Vec<IpAddr>>>::default();
    if let Ok(connection) = connect(hosts, port) {
        let _ = gather(&connection, &found).await;
        connection.set_onicecandidate(None);
        connection.close();
    }
    found.take()
}

fn connect(hosts: &[String], port: u16) -> Result<RtcPeerConnection, JsValue> {
    let servers: Vec<String> = hosts.iter().map(|host| format!("\"stun:{host}:{port}\"")).collect();
    let settings = format!(r#"{{"iceServers":[{{"urls":[{}]}}]}}"#, servers.join(","));
    let settings: RtcConfiguration = JSON::parse(&settings)?.unchecked_into();
    RtcPeerConnection::new_with_configuration(&settings)
}

/// Ends when the browser has tried every way, or when the time is over.
async fn gather(
    connection: &RtcPeerConnection,
    found: &Rc<RefCell<Vec<IpAddr>>>,
) -> Result<(), JsValue> {
    let done = Rc::<RefCell<Option<Function>>>::default();
    let end = Rc::clone(&done);
    let over = Promise::new(&mut |resolve, _| drop(end.borrow_mut().replace(resolve)));
    let finish = move || {
        if let Some(resolve) = done.take() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    };
    let found = Rc::clone(found);
    let at_end = finish.clone();
    let heard = Closure::<dyn FnMut(RtcPeerConnectionIceEvent)>::new(
        move |event: RtcPeerConnectionIceEvent| match event.candidate() {
            Some(candidate) => found.borrow_mut().extend(mapped(&candidate.candidate())),
            None => at_end(),
        },
    );
    connection.set_onicecandidate(Some(heard.as_ref().unchecked_ref()));
    let timer = Timeout::new(PATIENCE_MS, finish);
    // Without a channel there is nothing to find a way for.
    drop(connection.create_data_channel("way"));
    let offer = JsFuture::from(connection.create_offer()).await?;
    JsFuture::from(connection.set_local_description(offer.unchecked_ref())).await?;
    JsFuture::from(over).await?;
    timer.cancel();
    Ok(())
}

/// The address of a candidate that a STUN server told (RFC 8839, 5.1: foundation, component, transport,
/// priority, address, port, `typ` and the type).
fn mapped(candidate: &str) -> Option<IpAddr> {
    let mut words = candidate.split(' ').skip(4);
    let address = words.next()?.parse().ok()?;
    (words.nth(1)? == "typ" && words.next()? == "srflx").then_some(address)
}

#[cfg(test)]
mod tests {
    use super::mapped;

    #[test]
    fn only_what_the_server_saw_is_an_address() {
        let candidate = "candidate:1467250027 1 udp 1677729535 203.0.113.42 46154 typ srflx raddr 0.0.0.0 rport 0";
        assert_eq!(mapped(candidate), "203.0.113.42".parse().ok());
        for other in [
            "candidate:1 1 udp 2113937151 3fa2.local 46154 typ host generation 0",
            "candidate:1 1 udp 2113937151 192.168.1.2 46154 typ host generation 0",
            "candidate:1 1 udp 1",
            "",
        ] {
            assert_eq!(mapped(other), None, "{other}");
        }
    }
}
