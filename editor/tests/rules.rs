//! Wrong knowledge files, and what is said of them: to who builds Klinke, and to who hosts it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use klinke_editor::rules;
use klinke_editor::schema::{PhraseFile, ServiceFile};

const GOOD: &str = include_str!("../../shared/knowledge/services/rdp.toml");

fn read(text: &str) -> Result<ServiceFile, String> {
    rules::read_service("services/rdp.toml", text)
}

fn complaint_of(text: &str) -> String {
    match read(text) {
        Err(complaint) => complaint,
        Ok(service) => rules::complaints_about_services(&[("rdp".to_owned(), service)]).join("; "),
    }
}

fn without(start: &str) -> String {
    let (before, after) = GOOD.split_once(start).unwrap();
    let (_, after) = after.split_once('\n').unwrap();
    format!("{before}{after}")
}

#[test]
fn a_real_file_is_accepted() {
    assert_eq!(complaint_of(GOOD), "");
}

#[test]
fn a_missing_language_is_named_with_its_file() {
    let german_only = GOOD.split("[en]").next().unwrap();
    let complaint = complaint_of(german_only);
    assert!(
        complaint.contains("services/rdp.toml") && complaint.contains("missing field `en`"),
        "{complaint}"
    );
}

#[test]
fn a_missing_text_is_named_with_its_file() {
    let complaint = complaint_of(&without("risk = "));
    assert!(
        complaint.contains("services/rdp.toml") && complaint.contains("missing field `risk`"),
        "{complaint}"
    );
}

#[test]
fn an_unknown_key_is_named_with_file_and_line() {
    let complaint = complaint_of(&GOOD.replacen("quick =", "quik =", 1));
    assert!(
        complaint.contains("unknown field `quik`") && complaint.contains("line "),
        "{complaint}"
    );
}

#[test]
fn a_wrong_word_is_answered_with_those_that_are_accepted() {
    let complaint =
        complaint_of(&GOOD.replacen("severity = \"critical\"", "severity = \"bad\"", 1));
    assert!(
        complaint.contains("unknown variant `bad`") && complaint.contains("`critical`"),
        "{complaint}"
    );
}

#[test]
fn every_broken_rule_names_the_key() {
    for (from, to, key) in [
        ("tcp = [3389]", "tcp = [3389, 0]", "ports.tcp: 0 is no port"),
        ("tcp = [3389]", "tcp = [3389, 3389]", "ports.tcp: names a port twice"),
        ("tcp = [3389]", "tcp = [3389]\nalso_tcp = [7]", "ports.also_tcp: 7 has no usual service"),
        ("name = \"", "name = \" ", "de.name: starts or ends with white space"),
    ] {
        let changed = GOOD.replacen(from, to, 1);
        assert_ne!(changed, GOOD, "{from} does not stand in the file");
        let complaint = complaint_of(&changed);
        assert!(complaint.contains("services/rdp.toml") && complaint.contains(key), "{complaint}");
    }
}

#[test]
fn two_services_cannot_both_be_the_usual_one_at_a_port_or_share_a_rank() {
    let service = read(GOOD).unwrap();
    let both = [("one".to_owned(), service.clone()), ("two".to_owned(), service)];
    let complaints = rules::complaints_about_services(&both).join("; ");
    assert!(
        complaints.contains("ports.tcp: 3389 is already the usual port of one"),
        "{complaints}"
    );
    assert!(complaints.contains("write also_tcp"), "{complaints}");
    assert!(complaints.contains("rank: 10 is already the rank of one"), "{complaints}");
}

#[test]
fn phrases_must_agree_between_the_languages() {
    for (phrases, complaint) in [
        ("[a]\nde = \"{x}\"\nen = \"{y}\"", "a: the languages have different {placeholders}"),
        ("[a]\nde = \"\"\nen = \"b\"", "a: is empty"),
        (
            "[a]\nde = { one = \"1\", other = \"2\" }\nen = \"b\"",
            "a: one language has a form for one and other",
        ),
        ("[A]\nde = \"a\"\nen = \"b\"", "A: a key may hold a-z, 0-9 and _ only"),
    ] {
        let found =
            rules::complaints_about_phrases("phrases/x.toml", &toml::from_str(phrases).unwrap());
        assert!(
            found.iter().any(|found| found.contains(complaint) && found.contains("phrases/x.toml")),
            "{found:?}"
        );
    }
    assert!(toml::from_str::<PhraseFile>("[a]\nde = \"only\"").is_err());
}
