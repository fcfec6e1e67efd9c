//! Is it the office's line? What is known of it, the one question that settles it, and how to compare.

use super::{Desk, element, say};
use crate::state::{Action, Line, Survey};
use klinke_shared::{IpFamily, Line as Signs, OfficeAnswer, Scope};
use std::net::IpAddr;
use yew::{Html, html};

/// What is known of the line. Nothing where the check looks from inside: then there is no doubt.
pub fn line(desk: &Desk, known: &Line, survey: &Survey) -> Html {
    let texts = &desk.texts;
    let visitor = known.visitor().filter(|visitor| visitor.ticket.is_some());
    let visitor = visitor.filter(|visitor| visitor.scope == Scope::Public && survey.is_done());
    let signs = survey.signs(known);
    let provider = signs.provider_name().map(|name| texts.line_provider(name));
    let has_v6 = survey.addresses(known).iter().any(IpAddr::is_ipv6);
    let family = visitor.map_or(IpFamily::V4, |visitor| IpFamily::of(visitor.address));
    let reasons = signs.reasons(family);
    let reasons = reasons.iter().map(|reason| say("li", "", reason.text(texts)));
    element("section", "line").hidden(visitor.is_none()).holding([
        element("p", "line__provider")
            .hidden(provider.is_none())
            .saying(&provider.unwrap_or_default()),
        element("p", "line__device").hidden(!has_v6).saying(texts.line_device()),
        question(desk, &signs),
        element("div", "line__confidence").with("role", "status").holding([
            say("p", "", signs.confidence(family).text(texts)),
            element("ul", "").holding(reasons.collect::<Vec<_>>()),
        ]),
        element("details", "line__compare").holding([
            say("summary", "", texts.line_compare_title()),
            say("p", "", texts.line_compare()),
        ]),
    ])
}

fn question(desk: &Desk, signs: &Signs) -> Html {
    let texts = &desk.texts;
    let question = match signs.provider_name() {
        Some(name) => texts.line_question(name),
        None => texts.line_question_unnamed().to_owned(),
    };
    let choices = [
        (OfficeAnswer::Yes, texts.line_yes()),
        (OfficeAnswer::No, texts.line_no()),
        (OfficeAnswer::Unsaid, texts.line_unsaid()),
    ];
    let choices = choices.map(|(answer, words)| {
        let input = html! {
            <input type="radio" name="office" value={answer.as_str()}
                checked={answer == signs.office} onchange={desk.on(move || Action::Answer(answer))} />
        };
        element("label", "line__choice").key(answer.as_str()).holding([input, say("span", "", words)])
    });
    element("fieldset", "line__question")
        .holding([say("legend", "", question), element("div", "line__choices").holding(choices)])
}
