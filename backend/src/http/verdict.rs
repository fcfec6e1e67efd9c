//! What the page of a check is filled with: the verdict, once there is one. Judges nothing; the words are those
//! that the page's program would show.

use super::{App, words};
use klinke_shared::{CheckId, Checked, Colour, Language, Report, Texts};
use minijinja::{Value, context};

/// The verdict of a check that is over; of any other there is none.
pub(super) fn values(app: &App, id: CheckId, language: Language) -> Value {
    let report = app.desk.find(id).and_then(|check| check.report());
    context! { verdict => report.map(|report| of(&report, words::texts(language))) }
}

fn of(report: &Report, texts: &Texts) -> Value {
    let verdict = report.verdict();
    let line = |Checked { whole, part }: Checked| context! { whole, part };
    context! {
        // Nobody knows yet where the visitor's clock stands; their page does, and will say the same nearly always.
        title => report.title(0, texts),
        colour => verdict.colour.as_str(),
        is => Value::from_pairs(Colour::ALL.map(|one| (one.as_str(), one == verdict.colour))),
        sentence => verdict.sentence(texts),
        meaning => verdict.meaning(texts),
        lines => report.checked(texts).into_iter().map(line).collect::<Vec<_>>(),
    }
}
