//! What the check cannot see, in general. What one report cannot say stands on that report.

use crate::components::{element, heading, say};
use klinke_shared::Texts;
use yew::Html;

/// The page about limits.
pub fn limits_page(texts: &Texts) -> Html {
    let parts = [
        (texts.limits_line_title(), texts.limits_line()),
        (texts.limits_shared_title(), texts.limits_shared()),
        (texts.limits_silence_title(), texts.limits_silence()),
        (texts.limits_service_title(), texts.limits_service()),
        (texts.limits_inside_title(), texts.limits_inside()),
        (texts.limits_ports_title(), texts.limits_ports()),
    ];
    let parts = parts.into_iter().map(|(title, text)| {
        element("section", "").holding([say("h2", "", title), say("p", "", text)])
    });
    element("article", "page prose").key("limits").holding([
        heading("", texts.limits_title()),
        say("p", "lead", texts.limits_lead()),
        parts.collect(),
    ])
}
