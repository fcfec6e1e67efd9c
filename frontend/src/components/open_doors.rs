//! The open doors of a running check, by name. They are not judged before everything is known.

use super::{element, family_icon, port_name, say};
use crate::state::Check;
use klinke_shared::{Finding, Port, Recognition, Texts};
use yew::Html;

/// The open doors so far.
pub fn open_doors(texts: &Texts, check: &Check) -> Html {
    let doors: Vec<Html> = check.open.iter().map(|port| entry(*port, check, texts)).collect();
    element("section", "open-doors").holding([
        say("h2", "", texts.check_open_so_far(check.open.len())),
        element("ul", "").holding(doors),
    ])
}

/// The second line has its place before anything is recognised, so that nothing moves when it is.
fn entry(port: Port, check: &Check, texts: &Texts) -> Html {
    let known = check.recognition(port);
    let service = Finding::service_of(port, known);
    let label = known.and_then(Recognition::label);
    element("li", "open-door grey").key(&port.to_string()).holding([
        family_icon(service.map(|id| id.service().family)),
        say("span", "open-door__name", &texts.service(service).name),
        say("span", "open-door__port", port_name(port)),
        say("span", "open-door__label", label.unwrap_or_default()),
    ])
}
