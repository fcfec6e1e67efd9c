//! The state of the page and what can happen to it, as a pure reducer. It makes no request, reads
//! no clock and knows no browser: hooks do, and tell it what came of it.

mod check;
mod doors;
mod failure;
mod start;

pub use check::{Check, News, Phase, Signal, WatchedLine};
pub use failure::Failure;
pub use start::{Line, Start};

use klinke_shared::api::{CheckCreated, Site, Visitor};
use klinke_shared::{CheckId, Language, PageRoute, Profile, Route, Texts};
use std::rc::Rc;

/// Everything that the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where the visitor is, or wants to be as soon as the words of that language are there.
    pub page: PageRoute,
    /// The words that are shown.
    pub texts: Rc<Texts>,
    /// Who runs this server.
    pub site: Option<Rc<Site>>,
    /// The visitor's line.
    pub line: Line,
    /// How much to ask.
    pub profile: Profile,
    /// How far the wish for a check has come.
    pub start: Start,
    /// The check that is shown, or was last.
    pub check: Option<Rc<Check>>,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The visitor goes to a page.
    Go(PageRoute),
    /// The words of a language arrived.
    Speak(Rc<Texts>),
    /// The server said who runs it.
    Site(Box<Site>),
    /// The visitor chose how much to ask.
    Choose(Profile),
    /// The address is to be asked for again.
    AskForLine,
    /// The server said what it knows of the line, or did not.
    Line(Result<Visitor, Failure>),
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
    /// The visitor wishes the report to be forgotten.
    Forget,
    /// The server forgot it, or could not be asked to.
    Forgotten(Result<(), Failure>),
}

impl State {
    /// The state of a page that has just been opened.
    #[must_use]
    pub fn new(page: PageRoute, texts: Rc<Texts>) -> Self {
        Self {
            page,
            texts,
            site: None,
            line: Line::default(),
            profile: Profile::default(),
            start: Start::default(),
            check: None,
        }
        .with_check_of_page()
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
            Route::Start | Route::Limits | Route::NotFound => None,
        }
    }

    /// What becomes of the state when something happens.
    #[must_use]
    pub fn reduce(self, action: Action) -> Self {
        match action {
            Action::Go(page) => Self { page, ..self }.with_check_of_page(),
            Action::Speak(texts) => Self { texts, ..self },
            Action::Site(site) => Self { site: Some(Rc::from(site)), ..self },
            Action::Choose(profile) => Self { profile, ..self },
            Action::AskForLine => Self { line: Line::Asked, ..self },
            Action::Line(answer) => self.with_line(answer),
            Action::Begin => Self { start: self.start.begun(&self.line), ..self },
            Action::Created(created) => self.with_created(&created),
            Action::Refused(failure) => Self { start: self.start.refused(failure), ..self },
            Action::SecondPassed => Self { start: self.start.second_passed(), ..self },
            Action::Heard(id, signal) => self.with_check(id, |check| check.hear(signal)),
            Action::Forget => self.with_phase(|phase| match phase {
                Phase::Finished(report) => Phase::Forgetting(report),
                other => other,
            }),
            Action::Forgotten(outcome) => self.with_phase(|phase| match (phase, outcome) {
                (Phase::Forgetting(_), Ok(())) => Phase::Forgotten,
                (Phase::Forgetting(report), Err(_)) => Phase::Finished(report),
                (other, _) => other,
            }),
        }
    }

    fn with_line(self, answer: Result<Visitor, Failure>) -> Self {
        let start = self.start.renewed(&self.line, &answer);
        let line = answer.map_or(Line::Failed, Line::Known);
        Self { line, start, ..self }
    }

    fn with_created(self, created: &CheckCreated) -> Self {
        let page = PageRoute { route: Route::Check(created.id), ..self.page };
        Self { page, start: Start::Idle, ..self }
            .with_check_of_page()
            .with_check(created.id, |check| check.watched = true)
    }

    fn with_check_of_page(self) -> Self {
        match self.page.route {
            Route::Check(id) if self.check_of_page().is_none() => {
                Self { check: Some(Rc::new(Check::new(id))), ..self }
            }
            _ => self,
        }
    }

    fn with_check(mut self, id: CheckId, change: impl FnOnce(&mut Check)) -> Self {
        if let Some(check) = self.check.as_mut().filter(|check| check.id == id) {
            change(Rc::make_mut(check));
        }
        self
    }

    fn with_phase(self, change: impl FnOnce(Phase) -> Phase) -> Self {
        let Some(id) = self.check_of_page().map(|check| check.id) else { return self };
        self.with_check(id, |check| check.phase = change(check.phase.clone()))
    }
}
