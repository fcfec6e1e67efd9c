//! The binary as a person uses it: what it prints, and how it ends.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

fn klinke(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klinke"));
    let ours: Vec<String> =
        std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("KLINKE_")).collect();
    for name in ours {
        command.env_remove(name);
    }
    command.args(arguments).envs(environment.iter().copied()).output().unwrap()
}

fn file(content: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file
}

/// Runs `klinke serve` with wrong settings: it must end with status 2 and say these words.
fn refuses(arguments: &[&str], environment: &[(&str, &str)], words: &[&str]) {
    let output = klinke(&[&["serve"], arguments].concat(), environment);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for word in words {
        assert!(said.contains(word), "“{word}” is missing in: {said}");
    }
}

#[test]
fn a_wrong_value_in_the_file_is_named_with_file_line_key_and_what_is_accepted() {
    for (content, words) in [
        (
            "[probes]\ntries = 0\n",
            &["line 2", "probes.tries = 0", "a whole number from 1 to 10"][..],
        ),
        ("[probes]\n\ntries = \"3\"\n", &["line 3", "probes.tries", "a whole number"]),
        ("listen = \"127.0.0.1:1\"", &["line 1", "listen", "a list of ADDRESS:PORT"]),
        ("listen = []", &["line 1", "listen", "a list of ADDRESS:PORT"]),
        ("listen = [\"localhost\"]", &["line 1", "localhost", "a list of ADDRESS:PORT"]),
        (
            "[operator]\nimprint = \"javascript:alert(1)\"",
            &["line 2", "operator.imprint", "https://"],
        ),
        (
            "[checks]\nleft_alone = [\"203.0.113.0/33\"]",
            &["line 2", "checks.left_alone", "a list of networks or addresses"],
        ),
        (
            "[operator]\naccent = \"blue\"",
            &["line 2", "operator.accent", "empty, or a colour as #"],
        ),
        (
            "[operator]\naccent = \"#0057b\"",
            &["line 2", "operator.accent", "six hexadecimal digits"],
        ),
        (
            &format!("[operator]\nsentence_de = \"{}\"", "ä".repeat(301)),
            &["line 2", "operator.sentence_de", "of at most 300 characters"],
        ),
        (
            "[operator]\nsentence_en = \"Two\\nlines\"",
            &["line 2", "operator.sentence_en", "on one line"],
        ),
        ("names = [\"https://check.example\"]", &["line 1", "names", "a list of host names"]),
        ("names = [\"check.example:443\"]", &["line 1", "names", "a list of host names"]),
        ("[operator]\nphon = \"1\"", &["line 2", "operator.phon", "is no setting"]),
        ("running = 1", &["line 1", "“running” is no setting", "Did you mean checks.running"]),
        ("[checks", &["line 1"]),
    ] {
        let file = file(content);
        let path = file.path().display().to_string();
        refuses(&["--config", &path], &[], &[&[path.as_str()], words].concat());
    }
}

#[test]
fn own_knowledge_that_breaks_a_rule_is_named_with_file_and_key() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().display().to_string();
    let set = format!("knowledge.folder={place}");
    std::fs::create_dir(folder.path().join("services")).unwrap();
    std::fs::write(
        folder.path().join("services/ssh.toml"),
        "severity = \"hihg\"\n[de]\nboss = \"Hacker!\"\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("services/own.toml"), "severity = \"low\"\n").unwrap();
    let words = [
        place.as_str(),
        "services/ssh.toml: severity: unknown variant `hihg`",
        "services/own.toml: ",
        "has to be whole",
    ];
    refuses(&["--set", &set], &[], &words);
    std::fs::remove_file(folder.path().join("services/own.toml")).unwrap();
    let ssh = "[recognise]\nprotocols = [\"shh\"]\n[when]\npasword = \"high\"\n";
    std::fs::write(folder.path().join("services/ssh.toml"), ssh).unwrap();
    let words = [
        "services/ssh.toml: recognise.protocols: “shh” is no protocol",
        "services/ssh.toml: when: “pasword” is no fact",
    ];
    refuses(&["--set", &set], &[], &words);
    refuses(&["--set", "knowledge.folder=/nowhere"], &[], &["/nowhere: is no folder"]);
}

#[test]
fn a_wrong_value_elsewhere_is_named_with_its_source() {
    refuses(
        &[],
        &[("KLINKE_PROBES_TRIES", "many")],
        &["environment, KLINKE_PROBES_TRIES", "a whole number"],
    );
    refuses(
        &[],
        &[("KLINKE_TRIES", "3")],
        &["KLINKE_TRIES", "Did you mean probes.tries (KLINKE_PROBES_TRIES)?"],
    );
    refuses(
        &["--set", "probes.tries=11"],
        &[],
        &["command line, --set probes.tries=11", "from 1 to 10"],
    );
    refuses(&["--set", "nothing=1"], &[], &["“nothing” is no setting", "Accepted are listen,"]);
    refuses(&["--listen", "8080"], &[], &["--listen 8080", "a list of ADDRESS:PORT"]);
    refuses(
        &["--config", "/nowhere/klinke.toml"],
        &[],
        &["/nowhere/klinke.toml", "klinke config template"],
    );
}

#[test]
fn a_port_in_use_is_named_with_a_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refuses(&["--listen", &address], &[], &[&address, "already in use", "--listen"]);
}

#[test]
fn a_logo_that_pages_cannot_show_is_named_with_the_reason_and_what_is_accepted() {
    let accepted = "Accepted is a picture in SVG, PNG or WebP of at most 64 KiB";
    let words = file("a logo");
    let large = file(&"<".repeat(64 * 1024 + 1));
    let path = |file: &tempfile::NamedTempFile| file.path().display().to_string();
    for (path, reason) in [
        (path(&words), "it is none of these"),
        (path(&large), "it is larger"),
        ("/nowhere/logo.svg".to_owned(), "it cannot be read"),
        ("/".to_owned(), "it cannot be read"),
    ] {
        let set = format!("operator.logo={path}");
        let said = format!("operator.logo = {path}: {reason}");
        refuses(&["--listen", "127.0.0.1:0", "--set", &set], &[], &[&said, accepted]);
    }
}

/// A server that has said the first line of what it says, with these settings besides.
fn served(arguments: &[&str]) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_klinke"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    (server, ready)
}

#[test]
fn a_server_whose_output_nobody_reads_any_more_still_stops_in_good_order() {
    let (mut server, _) = served(&["--set", "log=info"]);
    drop(server.stderr.take());
    let id = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(server.wait().unwrap()));
    let Ok(end) = told.recv_timeout(std::time::Duration::from_secs(30)) else {
        Command::new("kill").args(["-KILL", &id]).status().unwrap();
        panic!("it does not end");
    };
    assert!(end.success(), "{end}");
}

#[test]
fn a_colour_that_cannot_be_read_everywhere_is_told_at_the_start() {
    let said = |accent: &str| {
        let (mut server, ready) = served(&["--set", &format!("operator.accent={accent}")]);
        server.kill().unwrap();
        let said = server.wait_with_output().unwrap().stderr;
        assert!(ready.starts_with("Klinke is ready"), "{ready}");
        String::from_utf8(said).unwrap()
    };
    let yellow = said("#ffcc00");
    let why =
        "operator.accent: #ffcc00 cannot be read on the page's light ground: its contrast is 1.";
    assert!(yellow.contains(why) && yellow.contains("and 4.5 is needed. There #"), "{yellow}");
    assert!(!yellow.contains("dark ground"), "{yellow}");
    let blue = said("#0057b8");
    assert!(blue.contains("#0057b8 cannot be read on the page's dark ground"), "{blue}");
    assert!(!blue.contains("light ground"), "{blue}");
}

#[test]
fn a_server_on_a_public_address_does_not_start_without_its_operator() {
    for address in ["0.0.0.0:0", "[::]:0", "8.8.8.8:80"] {
        refuses(
            &["--listen", address],
            &[],
            &["names, operator.name, operator.email, operator.imprint, operator.privacy"],
        );
    }
}

#[test]
fn the_template_with_every_line_active_gives_the_defaults() {
    let template = String::from_utf8(klinke(&["config", "template"], &[]).stdout).unwrap();
    let active: String = template
        .lines()
        .map(|line| {
            line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned()
                + "\n"
        })
        .collect();
    let file = file(&active);
    let with = |file| {
        klinke::settings::Settings::load(&klinke::settings::Sources { file, ..Default::default() })
    };
    assert_eq!(with(Some(file.path().to_owned())).unwrap(), with(None).unwrap());
}

#[test]
fn flags_are_stronger_than_the_environment_and_that_than_the_file() {
    let file = file("[probes]\ntries = 4\nper_second = 44\nin_flight = 444\n");
    let sources = klinke::settings::Sources {
        file: Some(file.path().to_owned()),
        environment: [("KLINKE_PROBES_TRIES", "5"), ("KLINKE_PROBES_PER_SECOND", "55")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        flags: vec![("probes.tries".to_owned(), "6".to_owned(), "--set".to_owned())],
    };
    let pace = klinke::settings::Settings::load(&sources).unwrap().limits.pace;
    assert_eq!((pace.tries, pace.per_second, pace.in_flight), (6, 55, 444));
}

#[test]
fn a_scan_of_a_public_address_is_refused_with_the_reason() {
    for address in [
        "8.8.8.8",
        "2a00::1",
        "100.64.0.1",
        "192.0.2.1",
        "0.0.0.0",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
    ] {
        let output = klinke(&["scan", address], &[]);
        assert_eq!(output.status.code(), Some(2), "{address}");
        assert!(output.stdout.is_empty());
    }
    let said = klinke(&["scan", "8.8.8.8"], &[]).stderr;
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("8.8.8.8 is not a loopback or private address"), "{said}");
}

#[test]
fn a_scan_tells_open_from_closed_on_real_sockets_of_both_families() {
    for host in ["127.0.0.1", "::1"] {
        let open = TcpListener::bind((host, 0)).unwrap();
        // Below the range from which the system takes ports, so no other test gets it meanwhile.
        let closed = 1;
        let open = open.local_addr().unwrap().port();
        let output = klinke(
            &["scan", host, "--tcp", &format!("{open},{closed}"), "--udp", "53", "--json"],
            &[],
        );
        assert!(output.status.success());
        let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let state = |port: u16| &lines.iter().find(|line| line["port"] == port).unwrap()["state"];
        assert_eq!(
            (state(open), state(closed), state(53)),
            (&"open".into(), &"closed".into(), &"closed".into())
        );
        let summary = &lines.last().unwrap()["summary"];
        assert_eq!(
            (&summary["open"], &summary["closed"], &summary["not_tested"]),
            (&1.into(), &2.into(), &0.into())
        );
    }
}

#[test]
fn a_scan_for_people_ends_with_verdict_and_limits_in_their_language() {
    let output = klinke(&["scan", "127.0.0.1", "--tcp", "1", "--lang", "de"], &[]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("Wir haben keine offene Tür gefunden.") && said.contains("von innen"),
        "{said}"
    );
}
