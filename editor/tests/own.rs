//! An operator's own folder, laid upon the knowledge that comes with Klinke: what it changes, and what
//! is said of one that breaks a rule.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use klinke_editor::schema::Severity;
use klinke_editor::{Knowledge, Own};
use std::fs;
use std::path::Path;

fn built_in() -> Knowledge {
    Knowledge::read(Path::new("../shared/knowledge")).unwrap()
}

/// The outcome of a folder with these files.
fn with(files: &[(&str, &str)]) -> Result<Own, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    Own::read(folder.path(), built_in())
}

fn complaint(files: &[(&str, &str)]) -> String {
    with(files).unwrap_err().join("\n")
}

/// A whole file for a service that Klinke does not know, at a door that nobody has.
fn whole() -> String {
    let rdp = include_str!("../../shared/knowledge/services/rdp.toml");
    let rdp = rdp.replace("rank = 10", "rank = 5").replace("tcp = [3389]", "tcp = [40404]");
    rdp.replace("udp = [3389]\n", "").replace("protocols = [\"rdp\"]", "protocols = []")
}

#[test]
fn a_file_changes_what_it_names_and_leaves_the_rest() {
    let call = "Rufen Sie uns an: 030 1234.";
    let own = with(&[(
        "services/ssh.toml",
        &format!("severity = \"high\"\n[de]\nemployee = \"{call}\"\n"),
    )])
    .unwrap();
    let before = built_in();
    let find = |knowledge: &Knowledge| {
        knowledge.services.iter().find(|(name, _)| name == "ssh").unwrap().1.clone()
    };
    let (old, new) = (find(&before), find(&own.knowledge));
    assert_eq!((new.severity, new.de.employee.as_str()), (Severity::High, call));
    assert_eq!((&new.de.boss, &new.en, &new.ports), (&old.de.boss, &old.en, &old.ports));
    assert_eq!(own.services.into_iter().collect::<Vec<_>>(), ["ssh"]);
    assert_eq!(own.knowledge.services.len(), before.services.len());
}

#[test]
fn a_new_service_takes_its_place_by_rank() {
    let own = with(&[("services/our-tool.toml", &whole())]).unwrap();
    assert_eq!(own.knowledge.services[0].0, "our-tool");
    assert!(own.knowledge.services.is_sorted_by_key(|(_, service)| service.rank));
}

#[test]
fn a_sentence_of_the_page_can_be_another_one() {
    let phrase = "[contact_title]\nde = \"Ihr Muster-Team\"\nen = \"Your Muster team\"\n";
    let own = with(&[("phrases/ours.toml", phrase)]).unwrap();
    assert_eq!(own.knowledge.phrases["contact_title"].de.sentences(), ["Ihr Muster-Team"]);
}

#[test]
fn an_empty_folder_changes_nothing() {
    let own = with(&[]).unwrap();
    assert_eq!(own.knowledge, built_in());
    assert!(own.services.is_empty());
}

#[test]
fn each_broken_rule_names_file_and_key() {
    let taken = whole().replace("40404", "3389");
    let long = "[de]\nboss = \"Das Wort steht hier, und noch eins, und noch eins, und noch eins, und noch eins, und noch eins, und noch eins, und noch eins, und noch eins, und noch eins.\"\n";
    for (files, parts) in [
        (
            ("services/ssh.toml", "severity = \"bad\""),
            vec!["services/ssh.toml: severity: ", "`critical`"],
        ),
        (("services/ssh.toml", "sevrity = \"high\""), vec!["services/ssh.toml: ", "sevrity"]),
        (("services/ssh.toml", "severity = "), vec!["services/ssh.toml: ", "line 1"]),
        (("services/ssh.toml", "[de]\nboss = \"\""), vec!["services/ssh.toml: de.boss: is empty"]),
        (
            ("services/ssh.toml", "[de]\nboss = \"Hacker kommen!\""),
            vec!["services/ssh.toml: de.boss", "exclamation"],
        ),
        (
            ("services/ssh.toml", long),
            vec!["services/ssh.toml: de for everyone", "accepted are 25"],
        ),
        (
            ("services/our-tool.toml", "severity = \"high\""),
            vec!["services/our-tool.toml: ", "has to be whole"],
        ),
        (
            ("services/our-tool.toml", &taken),
            vec!["services/our-tool.toml: ports.tcp: 3389 is already the usual port of rdp"],
        ),
        (
            ("phrases/x.toml", "[nonsense]\nde = \"a\"\nen = \"b\""),
            vec!["phrases/x.toml: nonsense: is no phrase"],
        ),
        (
            ("phrases/x.toml", "[check_progress]\nde = \"ohne\""),
            vec!["phrases/x.toml: check_progress: has to keep the placeholders"],
        ),
        (
            ("phrases/x.toml", "[start_title]\nde = \"Hacker \\\"da\\\"\""),
            vec!["phrases/x.toml: de.start_title", "straight quotation mark"],
        ),
        (("unknown.toml", "[de]\nrisk = \"\""), vec!["unknown.toml: de.risk: is empty"]),
        (("names.toml", "german = [\"Wort\"]"), vec!["names.toml: ", "german"]),
        (("service/ssh.toml", ""), vec!["service: is nothing that is read", "services"]),
        (("unknown.toml", "[de]\nnme = \"x\""), vec!["unknown.toml: ", "nme"]),
    ] {
        let complaint = complaint(&[files]);
        for part in parts {
            assert!(complaint.contains(part), "{part}\n{complaint}");
        }
    }
}

#[test]
fn a_folder_that_is_none_is_said_so() {
    let complaints = Own::read(Path::new("/nowhere/at/all"), built_in()).unwrap_err();
    assert_eq!(complaints, ["/nowhere/at/all: is no folder"]);
}
