//! The page of one check: first its progress, then its report, at the same address. The place of
//! the progress becomes the place of the verdict, so nothing jumps.

use super::report_view;
use crate::components::{Desk, doors, notice, open_doors, port_name, progress, unscripted};
use crate::state::{Check, News, Phase};
use klinke_shared::{Texts, usual_at};
use yew::{Html, html};

/// The page of a check. What is announced has its own place, which is there from the beginning.
pub fn check_page(desk: &Desk, check: Option<&Check>, is_unscripted: bool) -> Html {
    let texts = &desk.texts;
    let lost = check.is_some_and(|check| check.lost && check.is_live());
    html! {
        <div key="check" class="page check">
            <p class="hidden" role="status">{ news(texts, check) }</p>
            <div class="check__lost" role="status">
                <p hidden={!lost}>{ if lost { texts.check_lost() } else { "" } }</p>
            </div>
            { unscripted(texts, is_unscripted) }
            <div class="check__body">{ body(desk, check) }</div>
        </div>
    }
}

fn body(desk: &Desk, check: Option<&Check>) -> Html {
    let Some(check) = check else { return running(&desk.texts, None) };
    let texts = &desk.texts;
    match &check.phase {
        Phase::Connecting | Phase::Running => running(texts, Some(check)),
        Phase::Finished(report) => report_view(desk, check.id, report, false),
        Phase::Forgetting(report) => report_view(desk, check.id, report, true),
        Phase::Gone => end(desk, texts.check_gone_title(), texts.check_gone_text()),
        Phase::Forgotten => end(desk, texts.check_forgotten_title(), texts.check_forgotten_text()),
        Phase::Stopped => end(desk, texts.check_shutdown_title(), texts.check_shutdown_text()),
    }
}

fn running(texts: &Texts, check: Option<&Check>) -> Html {
    html! {
        <div key="running" class="running">
            <div class="stage">{ progress(texts, check) }</div>
            if let Some(check) = check.filter(|check| check.phase == Phase::Running) {
                <div key="doors" class="running__doors">
                    { doors(texts, check) }
                    { open_doors(texts, check) }
                </div>
            }
        </div>
    }
}

fn end(desk: &Desk, title: &str, text: &str) -> Html {
    html! { <div key="end">{ notice(desk, title, text, desk.texts.check_new()) }</div> }
}

/// The news in words. The verdict's own sentence is what matters at the end.
fn news(texts: &Texts, check: Option<&Check>) -> String {
    let Some(check) = check else { return String::new() };
    match (check.news, check.report()) {
        (News::Verdict, Some(report)) => report.verdict().sentence(texts),
        (News::Nothing | News::Verdict, _) => String::new(),
        (News::Progress { done, total }, _) => {
            texts.check_progress(&done.to_string(), &total.to_string())
        }
        (News::OpenDoor(port), _) => {
            let name = &texts.service(usual_at(port)).name;
            texts.check_open_door(name, &port_name(port))
        }
    }
}
