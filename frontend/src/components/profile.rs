//! The choice of how much to ask, folded away: the usual choice is right for nearly everybody.

use super::{Desk, choice, element, say, with_grouped};
use crate::state::Action;
use klinke_shared::api::{ProfileInfo, Site};
use klinke_shared::{Profile, Texts};
use yew::Html;

/// The choice.
pub fn profile_choice(desk: &Desk, site: Option<&Site>, chosen: Profile) -> Html {
    let texts = &desk.texts;
    let offers = site.map_or(&[][..], |site| &site.profiles);
    let choices =
        Profile::ALL.into_iter().map(|profile| offered(desk, offers, profile, profile == chosen));
    element("details", "profiles").holding([
        element("summary", "").holding([
            say("span", "profiles__legend", texts.profile_legend()),
            " ".into(),
            say("span", "profiles__chosen", name(chosen, texts)),
        ]),
        element("fieldset", "")
            .holding([say("legend", "hidden", texts.profile_legend()), choices.collect()]),
    ])
}

fn offered(desk: &Desk, offers: &[ProfileInfo], profile: Profile, chosen: bool) -> Html {
    let texts = &desk.texts;
    let ports = offers
        .iter()
        .find(|offer| offer.profile == profile)
        .map_or_else(String::new, |offer| hint(profile, offer.ports, texts));
    let words = vec![
        say("span", "profiles__name", name(profile, texts)),
        say("span", "profiles__hint", ports),
    ];
    let value = ("profile", profile.as_str());
    choice(desk, "profiles__choice", value, chosen, Action::Choose(profile), words)
}

fn name(profile: Profile, texts: &Texts) -> &str {
    match profile {
        Profile::Quick => texts.profile_quick(),
        Profile::Office => texts.profile_office(),
        Profile::Thorough => texts.profile_thorough(),
    }
}

fn hint(profile: Profile, ports: usize, texts: &Texts) -> String {
    let sentence = match profile {
        Profile::Quick => texts.profile_quick_hint(ports),
        Profile::Office => texts.profile_office_hint(ports),
        Profile::Thorough => texts.profile_thorough_hint(ports),
    };
    with_grouped(&sentence, ports)
}
