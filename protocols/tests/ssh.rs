//! A real sshd is asked over a real connection, with and without passwords.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use klinke_protocols::{Act, Context, secure};
use klinke_shared::{Note, Protocol, Recognition};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Debian's; its path is not everybody's.
const SSHD: &str = "/usr/sbin/sshd";
/// Without this directory sshd refuses to start as root.
const EMPTY_ROOT: &str = "/run/sshd";
/// Far longer than any answer takes: a test must not hang.
const PATIENCE: Duration = Duration::from_secs(10);

/// A host key that is made for one test.
fn host_key(name: &str) -> PathBuf {
    let path =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&path)
        .status()
        .expect("openssh-client is installed");
    assert!(made.success());
    path
}

/// What is recognised of an sshd with these options, which serves one connection and ends.
fn recognised(name: &str, options: &[&str]) -> Recognition {
    let key = host_key(name);
    // Who may not create it does not need it.
    let _ = std::fs::create_dir_all(EMPTY_ROOT);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("its address");
    let client = TcpStream::connect(address).expect("a connection");
    let (server, _) = listener.accept().expect("the same connection");
    let mut sshd = Command::new(SSHD)
        .args(["-i", "-e", "-f", "/dev/null", "-h"])
        .arg(&key)
        .args(options)
        .stdin(OwnedFd::from(server.try_clone().expect("a copy")))
        .stdout(OwnedFd::from(server))
        .stderr(Stdio::null())
        .spawn()
        .expect("openssh-server is installed");
    let known = converse(client, address);
    sshd.wait().expect("sshd ends with the connection");
    std::fs::remove_file(&key).expect("the key was there");
    let _ = std::fs::remove_file(key.with_extension("pub"));
    known
}

/// Talks until it is known what answers.
fn converse(mut connection: TcpStream, address: SocketAddr) -> Recognition {
    connection.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    let context = Context {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: address.port(),
        token: *b"sixteen of bytes",
        now: 1_800_000_000,
    };
    let step = secure::STEPS.iter().find(|step| step.protocol == Protocol::Ssh).expect("SSH");
    let mut conversation = (step.begin)(&context);
    let mut act = conversation.start();
    let mut buffer = [0; 4096];
    loop {
        match act {
            // Who has hung up does not listen any more; reading tells.
            Act::Say(bytes) => drop(connection.write_all(&bytes)),
            Act::Listen => {}
            Act::Known(known) => return *known,
            Act::Other => panic!("not recognised"),
        }
        // Who has had enough resets the connection; that is an end like any other.
        act = match connection.read(&mut buffer) {
            Ok(0) | Err(_) => conversation.over(),
            Ok(count) => conversation.hear(&buffer[..count]),
        };
    }
}

#[test]
fn an_sshd_that_takes_passwords_is_told_from_one_that_does_not() {
    let keys_only = ["-o", "PasswordAuthentication=no", "-o", "KbdInteractiveAuthentication=no"];
    let locked = recognised("locked", &keys_only);
    assert_eq!(locked.product.as_deref(), Some("OpenSSH"));
    assert!(locked.version.is_some());
    assert_eq!(locked.notes, [Note::KeyOnly]);
    let open = recognised("open", &["-o", "PasswordAuthentication=yes"]);
    assert_eq!(open.notes, [Note::PasswordLogin]);
    assert_eq!(open.version, locked.version);
}

#[test]
fn an_sshd_that_asks_for_passwords_in_a_dialogue_takes_them_too() {
    let dialogue = ["-o", "PasswordAuthentication=no", "-o", "KbdInteractiveAuthentication=yes"];
    assert_eq!(recognised("dialogue", &dialogue).notes, [Note::PasswordLogin]);
}

#[test]
fn an_sshd_with_other_ciphers_is_still_known() {
    let aes = ["-o", "Ciphers=aes256-gcm@openssh.com", "-o", "PasswordAuthentication=yes"];
    assert_eq!(recognised("aes", &aes).notes, [Note::PasswordLogin]);
    let alien = recognised("alien", &["-o", "Ciphers=aes256-ctr"]);
    assert_eq!(alien.product.as_deref(), Some("OpenSSH"));
    assert_eq!(alien.notes, []);
}
