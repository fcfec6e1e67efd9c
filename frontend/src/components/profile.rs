//! The choice of how much to ask, folded away: the usual choice is right for nearly everybody.

use super::{Desk, grouped, say};
use crate::state::Action;
use klinke_shared::api::{ProfileInfo, Site};
use klinke_shared::{Profile, Texts};
use yew::{Html, html};

/// The choice.
pub fn profile_choice(desk: &Desk, site: Option<&Site>, chosen: Profile) -> Html {
    let texts = &desk.texts;
    let offers = site.map_or(&[][..], |site| &site.profiles);
    html! {
        <details class="profiles">
            <summary>
                { say("span", "profiles__legend", texts.profile_legend()) }{ " " }
                { say("span", "profiles__chosen", name(chosen, texts)) }
            </summary>
            <fieldset>
                <legend class="hidden">{ texts.profile_legend() }</legend>
                { for Profile::ALL.into_iter().map(|profile| choice(desk, offers, profile, profile == chosen)) }
            </fieldset>
        </details>
    }
}

fn choice(desk: &Desk, offers: &[ProfileInfo], profile: Profile, chosen: bool) -> Html {
    let texts = &desk.texts;
    let ports = offers
        .iter()
        .find(|offer| offer.profile == profile)
        .map_or_else(String::new, |offer| hint(profile, offer.ports, texts));
    html! {
        <label key={profile.as_str()} class="profiles__choice">
            <input type="radio" name="profile" value={profile.as_str()}
                checked={chosen} onchange={desk.on(Action::Choose(profile))} />
            { say("span", "profiles__name", name(profile, texts)) }
            { say("span", "profiles__hint", ports) }
        </label>
    }
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
    sentence.replacen(&ports.to_string(), &grouped(ports), 1)
}
