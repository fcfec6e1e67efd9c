//! The front of a house whose doors are the services. While a check runs, a hand tries them; in the
//! report, the open ones lead to their cards.

use super::{Desk, card_id, drawing, element, family_icon, say, with_grouped};
use crate::state::{Flat, House};
use klinke_shared::{Family, Port, ServiceId, State, Texts};
use yew::Html;

/// What is to be told of each door.
pub struct Facade<'a> {
    /// The words, and how much may be drawn.
    pub desk: &'a Desk,
    /// The state of a door; nothing as long as that is not known.
    pub state: &'a dyn Fn(Port) -> Option<State>,
    /// The service behind a door.
    pub service: &'a dyn Fn(Port) -> Option<ServiceId>,
    /// The door at which the hand is.
    pub hand: Option<Port>,
    /// Whether open doors lead to their cards.
    pub leads: bool,
}

/// What the house weighs without its doors, see [`Desk::has_room`].
const FLATS: i32 = 16;

/// The front of a house; of `asked` doors not all are drawn.
pub fn house(facade: &Facade<'_>, house: &House, asked: usize) -> Html {
    let doors = i32::try_from(house.len()).unwrap_or(i32::MAX - FLATS);
    facade.desk.growing(FLATS, doors, &|| front(facade, house, asked))
}

fn front(facade: &Facade<'_>, house: &House, asked: usize) -> Html {
    let texts = &facade.desk.texts;
    let flats: Vec<Html> = house.flats.iter().map(|flat| facade.flat(flat)).collect();
    let more = asked.saturating_sub(house.len());
    let words = with_grouped(&texts.house_more(more), more);
    element("div", "house").holding([
        roof(),
        element("ul", "house__flats").with("aria-label", texts.check_doors_label()).holding(flats),
        element("p", "house__more").hidden(more == 0).saying(&words),
    ])
}

/// The roof, which is as wide as the house.
pub fn roof() -> Html {
    element("div", "house__top")
        .holding([say("span", "house__chimney", ""), drawing("house__roof", "roof")])
}

/// The drawing of a door in a state.
pub fn door(state: Option<State>) -> Html {
    drawing("door__drawing", state.map_or("waiting", State::as_str))
}

impl Facade<'_> {
    fn flat(&self, flat: &Flat) -> Html {
        let name = family_name(flat.family, &self.desk.texts);
        let doors: Vec<Html> = flat.doors.iter().map(|port| self.door(*port)).collect();
        element("li", "flat").holding([
            element("p", "flat__name").holding([family_icon(flat.family), say("span", "", name)]),
            element("ul", "flat__doors").holding(doors),
        ])
    }

    /// A door, or its place as long as there is no room for more.
    fn door(&self, port: Port) -> Html {
        let key = port.to_string();
        if !self.desk.has_room(1) {
            return element("li", "door").key(&key).holding([]);
        }
        let texts = &self.desk.texts;
        let state = (self.state)(port);
        let name = &texts.service((self.service)(port)).name;
        let words = format!("{name}: {}", state_words(state, texts));
        let is_open = state == Some(State::Open);
        let tried = if self.hand == Some(port) { " door--tried" } else { "" };
        let open = if is_open { " door--open" } else { "" };
        // Its words are no text: a browser would lay out that of each door anew in another language.
        let inside = if self.leads && is_open {
            element("a", "").with("href", &format!("#{}", card_id(port)))
        } else {
            element("span", "").with("role", "img")
        };
        element("li", &["door", open, tried].concat())
            .key(&key)
            .holding([inside.with("title", &words).holding([door(state)])])
    }
}

/// What people read of a state; nothing is known of a door that is still to be asked.
#[must_use]
pub fn state_words(state: Option<State>, texts: &Texts) -> &str {
    match state {
        None => texts.state_waiting(),
        Some(State::Open) => texts.state_open(),
        Some(State::Closed) => texts.state_closed(),
        Some(State::Filtered) => texts.state_filtered(),
        Some(State::Uncertain) => texts.state_uncertain(),
        Some(State::NotTested) => texts.state_not_tested(),
        Some(State::Unreliable) => texts.state_unreliable(),
    }
}

fn family_name(family: Option<Family>, texts: &Texts) -> &str {
    match family {
        Some(Family::Remote) => texts.family_remote(),
        Some(Family::Files) => texts.family_files(),
        Some(Family::Web) => texts.family_web(),
        Some(Family::Mail) => texts.family_mail(),
        Some(Family::Database) => texts.family_database(),
        Some(Family::Print) => texts.family_print(),
        Some(Family::Camera) => texts.family_camera(),
        Some(Family::Phone) => texts.family_phone(),
        Some(Family::Building) => texts.family_building(),
        Some(Family::Network) => texts.family_network(),
        Some(Family::Vpn) => texts.family_vpn(),
        Some(Family::Operations) => texts.family_operations(),
        Some(Family::Leisure) => texts.family_leisure(),
        None => texts.family_other(),
    }
}
