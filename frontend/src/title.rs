//! The titles of the pages that the program draws, for the browser's tab and the history.

use crate::state::{Phase, State};
use klinke_shared::{Route, Texts};

/// The title of the page that is shown.
#[must_use]
pub fn of(state: &State) -> String {
    let texts = &state.texts;
    match state.page.route {
        Route::NotFound => texts.page_title(texts.not_found_title()),
        Route::Check(_) => texts.page_title(of_check(state, texts)),
        _ => texts.site_title().to_owned(),
    }
}

fn of_check<'a>(state: &State, texts: &'a Texts) -> &'a str {
    match state.check_of_page().map(|check| &check.phase) {
        None | Some(Phase::Connecting | Phase::Waiting { .. } | Phase::Running) => {
            texts.check_title()
        }
        Some(Phase::Finished(judged)) if judged.report.is_sample() => texts.sample_title(),
        Some(Phase::Finished(_)) => texts.report_title(),
        Some(Phase::Gone) => texts.check_gone_title(),
        Some(Phase::Forgotten) => texts.check_forgotten_title(),
        Some(Phase::GivenUp) => texts.check_given_up_title(),
        Some(Phase::Changed) => texts.check_changed_title(),
        Some(Phase::Stopped) => texts.check_shutdown_title(),
    }
}
