//! The parts that pages are made of. A part is a function from what it is given to what is drawn;
//! it asks nobody for anything and tells [`Desk`] what the visitor did. Parts are no components of
//! Yew's: those would cost two kilobytes each. One does for all of them: it keeps what is drawn.

mod address;
mod again;
mod badge;
mod button;
mod card;
mod choice;
mod compare;
mod consent;
mod counts;
mod fine;
mod footer;
mod header;
mod house;
mod icon;
mod kept;
mod limits;
mod line;
mod link;
mod notice;
mod open_doors;
mod passing_on;
mod profile;
mod progress;
mod proof;
mod readers;
mod say;
mod steps;
mod unscripted;
mod verdict;

pub use address::address;
pub use again::again;
pub use badge::badge;
pub use button::Button;
pub use card::{card, card_id};
pub use choice::choice;
pub use compare::compare;
pub use consent::consent;
pub use counts::{chart, counts};
pub use fine::fine;
pub use footer::footer;
pub use header::header;
pub use house::{Facade, door, house, roof, state_words};
pub use icon::{Shape, drawing, family_icon, icon, mark};
use kept::kept;
pub use limits::limits;
pub use line::line;
pub use link::link;
pub use notice::notice;
pub use open_doors::open_doors;
pub use passing_on::{forget, passing_on};
pub use profile::profile_choice;
pub use progress::progress;
pub use proof::proof;
pub use readers::readers;
pub use say::{Element, element, heading, say};
pub use steps::steps;
pub use unscripted::unscripted;
pub use verdict::{Plate, checked, verdict};

use crate::state::{Action, State};
use klinke_shared::{PageRoute, Port, Route, Texts, grouped};
use std::cell::Cell;
use std::rc::Rc;
use yew::{Callback, Html};

/// What every part has at hand: the words, and somebody to tell.
#[derive(Debug)]
pub struct Desk {
    /// The words of the language that is shown.
    pub texts: Rc<Texts>,
    /// Who hears what the visitor does.
    pub tell: Callback<Action>,
    /// The page that is shown.
    here: PageRoute,
    /// How much more may be drawn in this go; less than nothing where something had to wait.
    room: Cell<i32>,
    /// How much more is drawn already as it should be; less than nothing behind that.
    drawn: Cell<i32>,
    happened: u32,
}

impl Desk {
    /// With as much room as the page has: see [`Desk::has_room`].
    #[must_use]
    pub fn new(state: &State, tell: Callback<Action>) -> Self {
        Self {
            texts: Rc::clone(&state.texts),
            tell,
            here: state.shown(),
            room: Cell::new(state.room),
            drawn: Cell::new(state.drawn),
            happened: state.happened,
        }
    }

    /// Whether a part is drawn in this go already. A long page is drawn in several, from its top to its end, so
    /// that a slow telephone answers a finger in between. The weight is measured in doors of the house: what
    /// one of them costs the browser. Is to be asked once for each part, in the order of the page.
    #[must_use]
    pub fn has_room(&self, weight: i32) -> bool {
        takes(&self.room, weight)
    }

    /// A part of the page, or nothing as long as it has to wait. No part holds another.
    pub fn part(&self, weight: i32, part: &dyn Fn() -> Html) -> Html {
        self.growing(weight, 0, part)
    }

    /// A part of the page that is drawn bit by bit: a frame, and what asks for room by itself, for `more` in all.
    // Each part stays a function by itself: a browser compiles one when it is called first.
    #[inline(never)]
    pub fn growing(&self, frame: i32, more: i32, part: &dyn Fn() -> Html) -> Html {
        let happened = Some(self.happened);
        if takes(&self.drawn, frame + more) {
            takes(&self.room, frame + more);
            kept(happened, Html::default())
        } else if self.has_room(frame) {
            let part = part();
            kept(happened.filter(|_| !self.wants_room()), part)
        } else {
            Html::default()
        }
    }

    /// Whether something had to wait.
    #[must_use]
    pub fn wants_room(&self) -> bool {
        self.room.get() < 0
    }

    /// A page in the language that is shown.
    #[must_use]
    pub fn page(&self, route: Route) -> PageRoute {
        PageRoute { language: self.texts.language(), route }
    }

    /// A function that tells of one thing that the visitor may do.
    #[must_use]
    pub fn on<E>(&self, action: impl Fn() -> Action + 'static) -> Callback<E> {
        let tell = self.tell.clone();
        Callback::from(move |_| tell.emit(action()))
    }
}

fn takes(room: &Cell<i32>, weight: i32) -> bool {
    let left = room.get() - weight;
    room.set(left);
    left >= 0
}

/// A port as people in IT write it.
#[must_use]
pub fn port_name(port: Port) -> String {
    format!("{}/{}", port.number, port.transport)
}

/// A sentence with its number in groups.
#[must_use]
pub fn with_grouped(words: &str, number: usize) -> String {
    let digits = number.to_string();
    let mut places = words.char_indices().map(|(place, _)| place);
    match places.find(|place| words[*place..].starts_with(&digits)) {
        Some(place) => [&words[..place], &grouped(number), &words[place + digits.len()..]].concat(),
        None => words.to_owned(),
    }
}
