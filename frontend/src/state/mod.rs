//! The state of the page and what can happen to it, as a pure reducer. It makes no request, reads
//! no clock and knows no browser: hooks do, and tell it what came of it.

mod again;
mod check;
mod failure;
mod house;
mod line;
mod reader;
mod start;

pub use again::{AgainPhase, Agains};
pub use check::{Check, News, Phase, Signal, WatchedLine};
pub use failure::Failure;
pub use house::{Flat, House};
pub use line::{Line, Other, Survey};
pub use reader::{PassOn, Reader};
pub use start::Start;

use klinke_shared::api::{CheckCreated, Site, Visitor};
use klinke_shared::{
    CheckId, Gap, Language, OfficeAnswer, PageRoute, Port, Profile, Report, Route, ServiceId,
    ServiceTexts, Texts,
};
use std::mem::swap;
use std::net::IpAddr;
use std::rc::Rc;

/// So much of a long page is drawn in one go, in doors of the house: with more, a slow telephone would not answer
/// a finger for too long.
const ROOM_AT_ONCE: i32 = 24;
/// At first only its top: much is done then for the first time.
const ROOM_AT_FIRST: i32 = 16;
/// The room of a page of which nothing is drawn yet, not even its frame: what else is done at the beginning takes long
/// enough for one go.
pub const UNDRAWN: i32 = -1;

/// Everything that the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where the visitor is, or wants to be as soon as the words of that language are there.
    pub page: PageRoute,
    /// The words that are shown.
    pub texts: Rc<Texts>,
    /// The words that were shown before, in the other language.
    pub spoken: Option<Rc<Texts>>,
    /// So many seconds the visitor's clock is ahead of UTC.
    pub ahead_of_utc: i64,
    /// Who runs this server.
    pub site: Option<Rc<Site>>,
    /// The visitor's line.
    pub line: Line,
    /// What else is known of it.
    pub survey: Survey,
    /// How much to ask.
    pub profile: Profile,
    /// How far the wish for a check has come.
    pub start: Start,
    /// The check that is shown, or was last.
    pub check: Option<Rc<Check>>,
    /// The check that the visitor wishes to be forgotten, while the server is being told.
    pub forgetting: Option<CheckId>,
    /// There is room for so much of a long page, in doors of the house: it is drawn in several goes.
    pub room: i32,
    /// So much room there was when the page was drawn as it is now but for the room: that need not be drawn again.
    pub drawn: i32,
    /// How much has happened, but for drawing. Pages with the same number and room are the same.
    pub happened: u32,
    /// For whom the report is shown.
    pub reader: Reader,
    /// How the visitor wished last to pass the report on, and how many wishes there were.
    pub passed_on: Option<(PassOn, u32)>,
    /// Whether the system has a way of its own to share.
    pub can_share: bool,
    /// The doors of the report that were asked again.
    pub again: Agains,
    /// An earlier report to compare with; nothing in it where the file was none.
    pub earlier: Option<Option<Rc<Report>>>,
    /// Whether the report has been shown.
    pub reported: bool,
    /// The services whose words could not be had.
    pub wordless: Vec<ServiceId>,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The visitor goes to a page.
    Go(PageRoute),
    /// The browser went to a page, back or forward.
    Gone(PageRoute),
    /// The words of a language arrived.
    Speak(Rc<Texts>),
    /// The words for services arrived, or cannot be had.
    Learn(Vec<(Language, ServiceId, Option<Box<ServiceTexts>>)>),
    /// The visitor chose how much to ask.
    Choose(Profile),
    /// The address is to be asked for again.
    AskForLine,
    /// The server said what it knows of the line, or did not.
    Line(Result<Visitor, Failure>),
    /// The host of the other family said what it knows, or there is no answer to be had.
    Other(Result<Visitor, Gap>),
    /// UDP comes from these addresses, as far as that could be found out.
    ByUdp(Vec<IpAddr>),
    /// The visitor says whether this is the office's line.
    Answer(OfficeAnswer),
    /// The visitor agreed.
    Begin,
    /// The check has begun.
    Created(CheckCreated),
    /// The check has not begun.
    Refused(Failure),
    /// A second of waiting is over.
    SecondPassed,
    /// The stream of a check said something.
    Heard(CheckId, Signal),
    /// A part of the page is drawn, or all of it.
    Drawn {
        /// How much had happened when it was.
        happened: u32,
        /// Whether nothing is left to be drawn.
        is_whole: bool,
    },
    /// The report is to be shown for a reader.
    ReadAs(Reader),
    /// The visitor wishes a door to be asked again.
    CheckAgain(Port),
    /// The server began to ask it, or did not.
    Again(Result<CheckId, Failure>),
    /// The visitor chose the file of an earlier report, which may be none.
    Earlier(Option<Rc<Report>>),
    /// The system has a way of its own to share.
    CanShare,
    /// The visitor wishes to pass the report on.
    PassOn(PassOn),
    /// The visitor wishes the check to be given up, or its report to be forgotten.
    Forget,
    /// The server forgot it, or could not be asked to.
    Forgotten(Result<(), Failure>),
}

impl State {
    /// The state of a page that has just been opened.
    #[must_use]
    pub fn new(page: PageRoute, texts: Rc<Texts>) -> Self {
        let mut state = Self {
            page,
            texts,
            spoken: None,
            ahead_of_utc: 0,
            site: None,
            line: Line::default(),
            survey: Survey::default(),
            profile: Profile::default(),
            start: Start::default(),
            check: None,
            forgetting: None,
            room: i32::MAX,
            drawn: 0,
            happened: 0,
            reader: Reader::default(),
            passed_on: None,
            can_share: false,
            again: Agains::default(),
            earlier: None,
            reported: false,
            wordless: Vec::new(),
        };
        state.go(page);
        state
    }

    /// The language that is shown.
    #[must_use]
    pub fn language(&self) -> Language {
        self.texts.language()
    }

    /// The page as it is shown: in the language of the words that are there.
    #[must_use]
    pub fn shown(&self) -> PageRoute {
        self.page.in_language(self.language())
    }

    /// The check of the page, where the page is one of a check.
    #[must_use]
    pub fn check_of_page(&self) -> Option<&Rc<Check>> {
        match self.page.route {
            Route::Check(id) => self.check.as_ref().filter(|check| check.id == id),
            _ => None,
        }
    }

    /// The services behind open doors whose words are still to be fetched.
    #[must_use]
    pub fn wanted_words(&self) -> Vec<ServiceId> {
        let found = self.check_of_page().map_or(&[][..], |check| &check.services);
        let new = |id: &ServiceId| !self.texts.knows(*id) && !self.wordless.contains(id);
        found.iter().copied().filter(new).collect()
    }

    /// Whether the page shows its report: once it has the words for all that was found, as far as they can be had.
    /// In another language it goes on while they are fetched anew.
    #[must_use]
    pub fn shows_report(&self) -> bool {
        self.check_of_page().is_some_and(|check| check.report().is_some())
            && (self.reported || self.wanted_words().is_empty())
    }

    /// Whether the page has more to show than the server wrote: of a check, how far it is, or all of its report.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.check_of_page().is_none_or(|check| match check.phase {
            Phase::Connecting => check.lost,
            Phase::Finished(_) => self.shows_report(),
            _ => true,
        })
    }

    /// What becomes of the state when something happens.
    #[must_use]
    pub fn reduce(self, action: Action) -> Self {
        let shown = self.long_part();
        let mut next = match action {
            Action::Drawn { happened, is_whole } => return self.drawn(happened, is_whole),
            action => self.after(action),
        };
        next.happened += 1;
        next.drawn = 0;
        if next.long_part() != shown {
            next.room = next.room.min(ROOM_AT_FIRST);
        }
        next.reported = next.shows_report();
        next
    }

    /// With more room. What is drawn is still as it should be if nothing has happened since then.
    fn drawn(mut self, happened: u32, is_whole: bool) -> Self {
        self.drawn = if happened == self.happened { self.room } else { 0 };
        self.room = match self.room {
            _ if is_whole => i32::MAX,
            UNDRAWN => 0,
            0 => ROOM_AT_FIRST,
            room => room + ROOM_AT_ONCE,
        };
        self
    }

    /// What of the page is long, and so drawn in several goes: the house of a check that runs, or a report.
    fn long_part(&self) -> Option<bool> {
        let is_report = self.shows_report();
        (is_report || self.check_of_page()?.shows_doors()).then_some(!is_report)
    }

    fn after(mut self, action: Action) -> Self {
        match action {
            Action::Go(page) | Action::Gone(page) => self.go(page),
            Action::Speak(texts) => self.speak(texts),
            Action::Learn(all) => {
                for (language, id, words) in all {
                    self.learn(language, id, words);
                }
            }
            Action::Choose(profile) => self.profile = profile,
            Action::AskForLine => self.line = Line::Asked,
            Action::Line(answer) => {
                self.start = self.start.renewed(&self.line, &answer);
                let line = answer.map_or(Line::Failed, Line::Known);
                self.survey = self.survey.after(&self.line, &line);
                self.line = line;
            }
            Action::Other(answer) => {
                self.survey.other = match answer {
                    Ok(visitor) if visitor.ticket.is_none() => Other::Missing(Gap::Refused),
                    Ok(visitor) => Other::Known(visitor),
                    Err(gap) => Other::Missing(gap),
                };
                self.start = self.start.found(&self.line, &self.survey);
            }
            Action::ByUdp(addresses) => self.survey.by_udp = Some(addresses),
            Action::Answer(answer) => self.survey.office = answer,
            Action::Begin => {
                let was_busy = self.start.is_busy();
                self.start = self.start.begun(&self.line, &self.survey);
                if !was_busy && self.start.is_busy() {
                    self.survey.agreed = self.survey.addresses(&self.line);
                }
            }
            Action::Created(created) => {
                self.start = Start::Idle;
                self.go(PageRoute { route: Route::Check(created.id), ..self.page });
                self.change_check(created.id, |check| {
                    check.watched = true;
                    check.begun_here = true;
                });
            }
            Action::Refused(failure) => self.start = self.start.refused(failure),
            Action::SecondPassed => self.start = self.start.second_passed(),
            Action::Heard(id, signal) if self.again.running() == Some(id) => {
                self.again.hear(id, signal);
            }
            Action::Heard(id, signal) => {
                self.change_check(id, |check| check.hear(signal));
                if self.check.as_ref().is_some_and(|check| matches!(check.phase, Phase::Changed)) {
                    self.line = Line::Asked;
                    self.survey = Survey::default();
                }
            }
            Action::Drawn { .. } => {}
            Action::ReadAs(reader) => self.reader = reader,
            Action::CheckAgain(port) => self.again.ask(port),
            Action::Again(answer) => self.again.answered(answer),
            Action::Earlier(report) => self.earlier = Some(report),
            Action::CanShare => self.can_share = true,
            Action::PassOn(way) => {
                let before = self.passed_on.map_or(0, |(_, count)| count);
                self.passed_on = Some((way, before + 1));
            }
            Action::Forget => self.forgetting = self.check_of_page().map(|check| check.id),
            Action::Forgotten(outcome) => {
                if let (Some(id), Ok(())) = (self.forgetting.take(), outcome) {
                    self.change_check(id, Check::forgotten);
                }
            }
        }
        self
    }

    /// Words that come when the visitor has gone back to the other language wait.
    fn speak(&mut self, mut texts: Rc<Texts>) {
        if texts.language() == self.page.language {
            swap(&mut self.texts, &mut texts);
            self.wordless.clear();
        }
        self.spoken = Some(texts);
    }

    fn learn(&mut self, language: Language, service: ServiceId, words: Option<Box<ServiceTexts>>) {
        if language != self.language() {
            return;
        }
        match words {
            Some(words) => Rc::make_mut(&mut self.texts).learn(service, *words),
            None => self.wordless.push(service),
        }
    }

    /// To a page, at once in its language where the words were there before; the check of a new one is not known yet.
    fn go(&mut self, page: PageRoute) {
        self.page = page;
        if let Some(texts) = self.spoken.take_if(|spoken| spoken.language() == page.language) {
            self.speak(texts);
        }
        if let (Route::Check(id), None) = (page.route, self.check_of_page()) {
            self.check = Some(Rc::new(Check::new(id)));
            self.again = Agains::default();
            self.earlier = None;
        }
    }

    fn change_check(&mut self, id: CheckId, change: impl FnOnce(&mut Check)) {
        if let Some(check) = self.check.as_mut().filter(|check| check.id == id) {
            change(Rc::make_mut(check));
        }
    }
}
