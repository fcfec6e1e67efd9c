//! The report with everything derived, for programs.

use crate::{Report, Texts};
use serde_json::{Value, json};

/// The report's facts with verdict, findings and limits beside them. The facts alone read back as
/// a [`Report`]; a reader of facts ignores the rest.
#[must_use]
pub fn json(report: &Report, texts: &Texts) -> Value {
    let verdict = report.verdict();
    let limits: Vec<Value> = report
        .limits()
        .iter()
        .map(|limit| json!({ "limit": limit, "text": limit.text(texts) }))
        .collect();
    let findings: Vec<Value> = report
        .findings()
        .iter()
        .map(|finding| json!({ "finding": finding, "name": texts.service(finding.service).name }))
        .collect();
    let derived = json!({
        "verdict": { "colour": verdict.colour, "headline": verdict.headline, "sentence": verdict.sentence(texts) },
        "findings": findings,
        "limits": limits,
    });
    let mut whole = serde_json::to_value(report).unwrap_or_default();
    if let (Value::Object(facts), Value::Object(more)) = (&mut whole, derived) {
        facts.extend(more);
    }
    whole
}
