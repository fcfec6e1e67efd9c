//! Is it the office's line? The one question that settles it, how sure the page is, and why. It keeps its
//! place while that is being found out.

use super::{Desk, choice, element, say};
use crate::state::{Action, Line, Survey};
use klinke_shared::{IpFamily, Line as Signs, OfficeAnswer, Scope};
use std::net::IpAddr;
use yew::Html;

/// What is known of the line. Nothing where the check looks from inside, because then there is no doubt, or
/// where there will be none.
pub fn line(desk: &Desk, known: &Line, survey: &Survey) -> Html {
    let texts = &desk.texts;
    let none = |visitor: &_| !is_in_doubt(visitor);
    let addresses = survey.addresses(known);
    let family = IpFamily::in_doubt(addresses.iter().copied()).unwrap_or(IpFamily::V4);
    let signs = survey.signs(known);
    let found = known.visitor().is_some() && survey.is_done();
    let class = if found { "line" } else { "line line--unknown" };
    element("section", class).hidden(known.visitor().is_some_and(none)).holding([
        question(desk, &signs),
        element("p", "line__confidence")
            .with("role", "status")
            .saying(signs.confidence(family).text(texts)),
        why(desk, &signs, family, &addresses),
    ])
}

fn is_in_doubt(visitor: &klinke_shared::api::Visitor) -> bool {
    visitor.ticket.is_some() && visitor.scope == Scope::Public
}

fn question(desk: &Desk, signs: &Signs) -> Html {
    let texts = &desk.texts;
    let question = match &signs.provider {
        Some(name) => texts.line_question(name),
        None => texts.line_question_unnamed().to_owned(),
    };
    let choices = [
        (OfficeAnswer::Yes, texts.line_yes()),
        (OfficeAnswer::No, texts.line_no()),
        (OfficeAnswer::Unsaid, texts.line_unsaid()),
    ];
    let choices = choices.map(|(answer, words)| {
        let words = vec![say("span", "", words)];
        let value = ("office", answer.as_str());
        choice(desk, "line__choice", value, answer == signs.office, Action::Answer(answer), words)
    });
    element("fieldset", "line__question")
        .holding([say("legend", "", question), element("div", "line__choices").holding(choices)])
}

/// The reasons, and how the visitor can compare; folded away.
fn why(desk: &Desk, signs: &Signs, family: IpFamily, addresses: &[IpAddr]) -> Html {
    let texts = &desk.texts;
    let provider = signs.provider.as_deref().map(|name| texts.line_provider(name));
    let has_v6 = addresses.iter().any(IpAddr::is_ipv6);
    let device = has_v6.then(|| texts.line_device().to_owned());
    let reasons = signs.reasons(family);
    let reasons = reasons.iter().map(|reason| reason.text(texts).to_owned());
    let known = provider.into_iter().chain(reasons).chain(device);
    element("details", "line__why").holding([
        say("summary", "", texts.line_why()),
        element("ul", "").holding(known.map(|words| say("li", "", words)).collect::<Vec<_>>()),
        say("h2", "", texts.line_compare_title()),
        say("p", "", texts.line_compare()),
    ])
}
