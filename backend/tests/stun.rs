//! The STUN server over real sockets on loopback. Its clock stands still, so that what it answers
//! depends on how much is asked and not on how fast this machine is.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use klinke::stun::{BURST_PER_NETWORK, LONGEST_ANSWER, LONGEST_REQUEST};
use socket2::{Domain, Socket, Type};
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;

/// Longer than an answer takes, on a busy machine.
const SOON: Duration = Duration::from_secs(40);
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];

/// A server in a thread of its own, with a clock that never moves. Gives its port.
fn server(at: &str) -> u16 {
    let at: SocketAddr = at.parse().unwrap();
    let socket = Socket::new(Domain::for_address(at), Type::DGRAM, None).unwrap();
    if at.is_ipv6() {
        socket.set_only_v6(!at.ip().is_unspecified()).unwrap();
    }
    socket.bind(&at.into()).unwrap();
    socket.set_nonblocking(true).unwrap();
    let socket = UdpSocket::from(socket);
    let port = socket.local_addr().unwrap().port();
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().start_paused(true).build().unwrap();
    std::thread::spawn(move || {
        runtime.block_on(async {
            klinke::stun::serve(socket).unwrap().await;
        });
    });
    port
}

/// Somebody who asks.
struct Client {
    socket: UdpSocket,
    server: SocketAddr,
}

impl Client {
    fn new(at: &str, server: &str, port: u16) -> Self {
        let at: IpAddr = at.parse().unwrap();
        let socket = UdpSocket::bind((at, 0)).unwrap();
        socket.set_read_timeout(Some(SOON)).unwrap();
        Self { socket, server: (server.parse::<IpAddr>().unwrap(), port).into() }
    }

    /// A Binding request with a transaction of that number.
    fn request(number: u32) -> Vec<u8> {
        let transaction = [[0; 4], [1; 4], number.to_be_bytes()].concat();
        [&[0, 1, 0, 0][..], &MAGIC_COOKIE, &transaction].concat()
    }

    fn send(&self, datagram: &[u8]) {
        self.socket.send_to(datagram, self.server).unwrap();
    }

    /// The next answer, which must come from where it was asked.
    fn hear(&self) -> Vec<u8> {
        let mut bytes = [0; 2 * LONGEST_ANSWER];
        let (length, from) = self.socket.recv_from(&mut bytes).unwrap();
        assert_eq!(from, self.server);
        bytes[..length].to_vec()
    }

    /// Asks, and gives the address that the answer names.
    fn ask(&self, number: u32) -> SocketAddr {
        let request = Self::request(number);
        self.send(&request);
        let answer = self.hear();
        assert_eq!((&answer[..2], &answer[4..20]), (&[1, 1][..], &request[4..20]));
        let unmixed = |bytes: &[u8]| -> Vec<u8> {
            bytes.iter().zip(&answer[4..20]).map(|(byte, key)| byte ^ key).collect()
        };
        let (attribute, mixed) = (&answer[20..26], &answer[28..]);
        let port = u16::from_be_bytes(unmixed(&answer[26..28]).try_into().unwrap());
        if mixed.len() == 4 {
            assert_eq!(attribute, [0, 0x20, 0, 8, 0, 1]);
            (<[u8; 4]>::try_from(unmixed(mixed)).unwrap(), port).into()
        } else {
            assert_eq!(attribute, [0, 0x20, 0, 20, 0, 2]);
            (<[u8; 16]>::try_from(unmixed(mixed)).unwrap(), port).into()
        }
    }

    /// Whether an answer arrives within that time.
    fn hears_within(&self, time: Duration) -> bool {
        self.socket.set_read_timeout(Some(time)).unwrap();
        self.socket.recv(&mut [0; 2 * LONGEST_ANSWER]).is_ok()
    }

    /// How many answers have arrived that nobody has read.
    fn waiting(&self) -> u32 {
        self.socket.set_nonblocking(true).unwrap();
        let mut bytes = [0; 2 * LONGEST_ANSWER];
        let mut waiting = 0;
        loop {
            match self.socket.recv_from(&mut bytes) {
                Ok(_) => waiting += 1,
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::WouldBlock);
                    return waiting;
                }
            }
        }
    }
}

#[test]
fn who_asks_is_told_address_and_port_in_both_families() {
    for (at, from) in [("127.0.0.1", "127.0.0.1"), ("127.0.0.1", "127.0.0.9"), ("::1", "::1")] {
        let port = server(&SocketAddr::new(at.parse().unwrap(), 0).to_string());
        let client = Client::new(from, at, port);
        assert_eq!(client.ask(1), client.socket.local_addr().unwrap());
    }
}

#[test]
fn a_socket_for_both_families_tells_ipv4_addresses_as_such() {
    let port = server("[::]:0");
    for ip in ["127.0.0.1", "::1"] {
        let client = Client::new(ip, ip, port);
        assert_eq!(client.ask(1), client.socket.local_addr().unwrap());
    }
}

#[test]
fn an_answer_comes_from_the_address_that_was_asked() {
    for everywhere in ["0.0.0.0:0", "[::]:0"] {
        let port = server(everywhere);
        for asked in ["127.0.0.1", "127.0.0.9", "127.7.7.7"] {
            let client = Client::new("127.0.0.1", asked, port);
            assert_eq!(client.ask(1), client.socket.local_addr().unwrap());
        }
    }
}

#[test]
fn a_network_gets_its_burst_and_nothing_more_and_others_are_still_answered() {
    let port = server("127.0.0.1:0");
    let flooding = Client::new("127.0.0.1", "127.0.0.1", port);
    for number in 0..BURST_PER_NETWORK {
        flooding.ask(number);
    }
    let neighbour = Client::new("127.0.0.2", "127.0.0.1", port);
    for number in 0..3 * BURST_PER_NETWORK {
        flooding.send(&Client::request(number));
        neighbour.send(&Client::request(number));
    }
    // Once in thousands of times, another network shares its place in the table; three never do.
    let others = ["127.0.1.1", "127.0.2.1", "127.0.3.1"];
    let others = others.map(|other| Client::new(other, "127.0.0.1", port));
    for other in &others {
        other.send(&Client::request(1));
    }
    let turn = Duration::from_millis(10);
    let mut turns = (0..SOON.as_millis() / turn.as_millis()).zip(others.iter().cycle());
    // The server takes one after the other, so with this answer all the others would be there.
    assert!(turns.any(|(_, other)| other.hears_within(turn)));
    assert_eq!((flooding.waiting(), neighbour.waiting()), (0, 0));
}

#[test]
fn what_is_no_request_is_met_with_silence_and_costs_nobody_an_answer() {
    let port = server("127.0.0.1:0");
    let client = Client::new("127.0.0.1", "127.0.0.1", port);
    let too_long = [Client::request(1), vec![0; LONGEST_REQUEST]].concat();
    for _ in 0..BURST_PER_NETWORK {
        for datagram in [&b""[..], b"hello", &Client::request(1)[..19], &too_long] {
            client.send(datagram);
        }
        client.ask(2);
    }
    assert_eq!(client.waiting(), 0);
}

#[test]
fn who_has_gone_before_the_answer_comes_ends_nothing() {
    for ip in ["127.0.0.1", "::1"] {
        let port = server(&SocketAddr::new(ip.parse().unwrap(), 0).to_string());
        // It is there first, so that it does not get the port of one who has gone.
        let client = Client::new(ip, ip, port);
        for number in 0..BURST_PER_NETWORK / 2 {
            Client::new(ip, ip, port).send(&Client::request(number));
        }
        assert_eq!(client.ask(1), client.socket.local_addr().unwrap());
    }
}
