//! The rules of the house that no compiler knows, checked over the sources themselves.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust source of the project with its path from the root.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for room in ["shared", "editor", "protocols", "backend", "frontend", "lab", "xtask"] {
        walk(&root.join(room), &mut found);
    }
    assert!(found.len() > 50, "the sources were not found");
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("node_modules") {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// In files under `room`, none of these words may stand. The part of a file that tests it is exempt.
fn never(room: &str, words: &[&str]) {
    let mut broken = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| name.starts_with(room)) {
        if name.ends_with("tests.rs") || name.contains("/tests/") {
            continue;
        }
        let product = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let lines = (1..).zip(product.lines());
        for (number, line) in lines.filter(|(_, line)| !line.trim_start().starts_with("//")) {
            broken.extend(
                words
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{name}, line {number}: {word}")),
            );
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} does not open with //!");
    }
}

#[test]
fn what_is_shared_is_pure() {
    let io = ["std::fs", "std::env", "TcpStream", "UdpSocket", "Instant", "SystemTime", "thread"];
    never("shared/src", &io);
    never("shared/src", &["tokio", "actix", "yew", "web_sys", "rand::", "getrandom"]);
}

#[test]
fn what_speaks_the_protocols_is_pure() {
    let io = ["std::fs", "std::env", "TcpStream", "UdpSocket", "Instant", "SystemTime", "thread"];
    never("protocols/src", &io);
    never("protocols/src", &["tokio", "actix", "rand::", "getrandom", "SystemRandom"]);
}

#[test]
fn the_editor_knows_files_and_words_and_nothing_of_the_product() {
    never("editor/src", &["TcpStream", "UdpSocket", "Instant", "SystemTime", "klinke_shared"]);
    never("shared/src", &["klinke_editor"]);
    never("frontend", &["klinke_editor"]);
}

#[test]
fn what_the_compiler_cannot_check_stands_in_one_file() {
    let word = format!("{} {{", "unsafe");
    let unchecked: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.contains(&word))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(unchecked, ["backend/src/http/rtt.rs"]);
}

#[test]
fn page_and_server_never_meet() {
    never("frontend", &["use klinke::", "klinke::engine", "actix"]);
    never("backend/src", &["klinke_page", "yew"]);
}

#[test]
fn in_the_server_each_room_asks_only_rooms_further_in() {
    let engine =
        ["crate::http", "crate::checks", "crate::settings", "crate::store", "crate::cli", "actix"];
    never("backend/src/engine", &engine);
    let inner =
        ["crate::http", "crate::checks", "crate::settings", "crate::engine", "crate::cli", "actix"];
    never("backend/src/visitor", &inner);
    never("backend/src/knowledge", &inner);
    never("backend/src/store", &inner);
    never("backend/src/stun", &inner);
    never("backend/src/stun", &["crate::visitor", "crate::store", "crate::knowledge"]);
    never("backend/src/lines", &inner);
    never("backend/src/lines", &["crate::visitor", "crate::store", "crate::knowledge"]);
    never("backend/src/look", &inner);
    never(
        "backend/src/look",
        &["crate::visitor", "crate::store", "crate::knowledge", "crate::lines"],
    );
    never("backend/src/checks", &["crate::http", "crate::settings", "crate::cli", "actix"]);
    never("backend/src/http", &["crate::engine", "crate::store", "crate::settings", "crate::cli"]);
}

#[test]
fn the_scheduler_knows_no_socket_and_no_clock() {
    let pure =
        ["scheduler", "asked", "attempts", "controls", "flow", "journal", "loss", "pace", "queue"];
    for file in pure.into_iter().chain(["rtt", "segment", "witnesses"]) {
        never(
            &format!("backend/src/engine/{file}"),
            &["tokio", "socket2", "nix", "Instant", "SystemTime", "getrandom"],
        );
    }
}

#[test]
fn only_the_engine_s_transport_connects_to_anyone() {
    let mut connecting: Vec<String> = sources()
        .into_iter()
        .filter(|(name, _)| name.starts_with("backend/src/"))
        .filter(|(_, text)| {
            let product = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            let words = ["TcpStream::", ".connect(", "UdpSocket", "sendmsg("];
            words.iter().any(|word| product.contains(word))
        })
        .map(|(name, _)| name)
        .collect();
    connecting.sort();
    let transports = ["engine/connect.rs", "engine/syn.rs", "engine/udp.rs"];
    // It reaches only the listeners that the operator names, and knows no visitor.
    let of_the_operator = ["selftest.rs"];
    // They answer whoever has just asked and speak to nobody else.
    let answering = ["stun/datagram.rs", "stun/serve.rs"];
    let allowed = transports.into_iter().chain(of_the_operator).chain(answering);
    assert_eq!(connecting, allowed.map(|file| format!("backend/src/{file}")).collect::<Vec<_>>());
    never("backend/src/stun", &["TcpStream", ".connect("]);
    never("backend/src/selftest", &["crate::visitor", "crate::checks", "crate::http"]);
}

#[test]
fn no_test_sleeps_or_is_ignored() {
    let patience = format!("thread::{}", "sleep");
    let ignored = format!("#[{}", "ignore");
    for (name, text) in sources() {
        // The lab waits for daemons and shapes time on its wire; that is its work.
        assert!(name.starts_with("lab/") || !text.contains(&patience), "{name} sleeps");
        assert!(!text.contains(&ignored), "{name} ignores a test");
    }
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    for (name, _) in sources() {
        let stem = Path::new(&name).file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            !["utils", "helpers", "common", "manager", "types", "misc"].contains(&stem.as_str()),
            "{name}"
        );
    }
}

#[test]
fn the_thorough_plan_has_every_port_at_which_there_is_a_question() {
    let questions = klinke_protocols::udp::QUESTIONS.iter().flat_map(|question| question.ports);
    let asked: std::collections::BTreeSet<u16> = questions.copied().collect();
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), klinke_shared::UDP_ASKED);
}
