//! Names of addresses, asked of a real DNS server. Debian's package `dnsmasq-base` has it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use klinke::lines::{MOST_LOOKUPS, NAME_LIMIT, Names};
use std::io::{BufRead as _, BufReader, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::time::Instant;

/// Where Debian keeps the program, which is not on everybody's path.
const PLACES: [&str; 2] = ["dnsmasq", "/usr/sbin/dnsmasq"];

/// Another program may take a free port before the server has it.
const TRIES: usize = 10;

/// Tokio's clock counts in such steps.
const TIMER_STEP: Duration = Duration::from_millis(1);

/// What the server says once it answers.
const READY: &str = "started";

/// What it knows, in the words of its command line.
const RECORDS: &[&str] = &[
    "--host-record=office.example,192.0.2.1,2001:db8::1",
    "--host-record=Line-7_b.DIP0.Example,192.0.2.7",
    "--ptr-record=7.2.0.192.in-addr.arpa,Line-7_b.DIP0.Example",
    // The address says that it is the bank's; the bank knows nothing of it.
    "--host-record=bank.example,192.0.2.200,2001:db8::200",
    "--ptr-record=2.2.0.192.in-addr.arpa,bank.example",
    "--ptr-record=2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa,bank.example",
    // A name that leads nowhere.
    "--ptr-record=3.2.0.192.in-addr.arpa,nowhere.example",
    // They lead back, and are no names of hosts.
    "--host-record=<b>office</b>.example,192.0.2.4",
    "--ptr-record=4.2.0.192.in-addr.arpa,<b>office</b>.example",
    "--host-record=two words.example,192.0.2.5",
    "--ptr-record=5.2.0.192.in-addr.arpa,two words.example",
    // One name is a lie and the other is true, in both orders.
    "--host-record=true.example,192.0.2.6,2001:db8::6",
    "--ptr-record=6.2.0.192.in-addr.arpa,bank.example",
    "--ptr-record=6.2.0.192.in-addr.arpa,true.example",
    "--ptr-record=6.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa,true.example",
    "--ptr-record=6.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa,bank.example",
];

/// A DNS server that knows [`RECORDS`] and ends with the test.
struct Server {
    process: Child,
    address: SocketAddr,
    /// It writes there for as long as it runs.
    _log: BufReader<std::process::ChildStderr>,
}

impl Server {
    fn start() -> Self {
        let mut said = String::new();
        for _ in 0..TRIES {
            let address = free_address();
            let mut process = spawn(address.port());
            let mut log = BufReader::new(process.stderr.take().unwrap());
            said.clear();
            while log.read_line(&mut said).unwrap() > 0 {
                if said.contains(READY) {
                    return Self { process, address, _log: log };
                }
            }
            process.wait().unwrap();
        }
        panic!("dnsmasq does not start. Its last words: {said}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// On loopback, where neither transport has a user.
fn free_address() -> SocketAddr {
    let address = || {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = tcp.local_addr().unwrap();
        UdpSocket::bind(address).is_ok().then_some(address)
    };
    (0..TRIES).find_map(|_| address()).unwrap()
}

fn spawn(port: u16) -> Child {
    for program in PLACES {
        let mut command = Command::new(program);
        command
            .args(["--no-daemon", "--conf-file=/dev/null", "--pid-file=", "--no-hosts"])
            .args(["--no-resolv", "--listen-address=127.0.0.1", "--bind-interfaces"])
            .arg(format!("--port={port}"))
            .args(RECORDS)
            .env("LC_ALL", "C")
            .stderr(Stdio::piped());
        match command.spawn() {
            Ok(process) => return process,
            Err(error) => assert_eq!(error.kind(), ErrorKind::NotFound, "{program}: {error}"),
        }
    }
    panic!("dnsmasq is not installed. Debian's package dnsmasq-base has it.");
}

/// A server that hears everything and never says a word.
fn silent() -> (UdpSocket, Names) {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let names = Names::asking(socket.local_addr().unwrap()).unwrap();
    (socket, names)
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[tokio::test]
async fn only_a_harmless_name_that_leads_back_to_its_address_is_one() {
    let server = Server::start();
    let names = Names::asking(server.address).unwrap();
    for (asked, expected) in [
        ("192.0.2.1", Some("office.example")),
        ("::ffff:192.0.2.1", Some("office.example")),
        ("2001:db8::1", Some("office.example")),
        ("192.0.2.7", Some("line-7_b.dip0.example")),
        ("192.0.2.2", None),
        ("2001:db8::2", None),
        ("192.0.2.3", None),
        ("192.0.2.4", None),
        ("192.0.2.5", None),
        ("192.0.2.6", Some("true.example")),
        ("2001:db8::6", Some("true.example")),
        ("192.0.2.9", None),
        ("2001:db8::9", None),
    ] {
        assert_eq!(names.name_of(address(asked)).await.as_deref(), expected, "{asked}");
    }
}

/// The clock stands still until nobody has anything to do, so the limit is exact.
#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_is_given_up_at_the_limit() {
    let (socket, names) = silent();
    let start = Instant::now();
    let name = tokio::time::timeout(NAME_LIMIT * 2, names.name_of(address("192.0.2.1"))).await;
    assert_eq!(name, Ok(None));
    assert!(start.elapsed() <= NAME_LIMIT + TIMER_STEP, "{:?}", start.elapsed());
    // It was asked.
    socket.set_nonblocking(true).unwrap();
    assert!(socket.recv(&mut [0; 512]).unwrap() > 0);
}

#[tokio::test(start_paused = true)]
async fn whoever_gets_no_place_at_once_gets_no_name_and_places_come_back() {
    let (_socket, names) = silent();
    for _ in 0..2 {
        let start = Instant::now();
        let look_up = |number: usize| {
            let address = Ipv4Addr::new(192, 0, 2, u8::try_from(number).unwrap());
            let names = &names;
            async move { (number, names.name_of(address.into()).await, start.elapsed()) }
        };
        let mut running: FuturesUnordered<_> = (0..=MOST_LOOKUPS).map(look_up).collect();
        let (first, name, after) = running.next().await.unwrap();
        assert_eq!((first, name, after.is_zero()), (MOST_LOOKUPS, None, true));
        while let Some((_, name, after)) = running.next().await {
            assert!(name.is_none() && !after.is_zero());
        }
    }
}
