//! The words of the templates that the server fills: expressions and conditions of `MiniJinja`. Which
//! names there are is the server's business; the journeys have every page filled.

use crate::components::{Element, badge};
use klinke_shared::{Severity, Texts};
use yew::Html;

/// The place of a value: `{{ service.name }}`.
#[must_use]
pub fn word(name: &str) -> String {
    format!("{{{{ {name} }}}}")
}

/// Parts that are there only if a value is set.
pub(super) fn if_set(name: &str, parts: impl IntoIterator<Item = Html>) -> Vec<Html> {
    enclosed(format!("{{% if {name} %}}"), parts, "{% endif %}")
}

/// Parts that are there only if a value is not set.
pub(super) fn if_not(name: &str, parts: impl IntoIterator<Item = Html>) -> Vec<Html> {
    enclosed(format!("{{% if not {name} %}}"), parts, "{% endif %}")
}

/// The attribute that stands for a condition until the page is finished as a template.
pub const SELECTED_IF: &str = "data-selected-if";

/// A choice that is selected if a value is set.
pub(super) fn selected_if(option: Element, name: &str) -> Element {
    option.with(SELECTED_IF, name)
}

/// Parts that are there once for each item of a list.
pub(super) fn for_each(item: &str, list: &str, parts: impl IntoIterator<Item = Html>) -> Vec<Html> {
    enclosed(format!("{{% for {item} in {list} %}}"), parts, "{% endfor %}")
}

/// The badge of the severity that an item has.
pub(super) fn badges(item: &str, texts: &Texts) -> Vec<Html> {
    let one = |severity: Severity| {
        let badge = badge(severity, severity.label(texts));
        if_set(&format!("{item}.is.{}", severity.as_str()), [badge])
    };
    Severity::WORST_FIRST.into_iter().flat_map(one).collect()
}

fn enclosed(begin: String, parts: impl IntoIterator<Item = Html>, end: &str) -> Vec<Html> {
    let mut all = vec![begin.into()];
    all.extend(parts);
    all.push(end.to_owned().into());
    all
}
