//! Odd things behind an open port, over real sockets: whatever they do, a check ends soon, and says
//! nothing that is not so.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use klinke::engine::{Machine, Method, Pace, Sight, Target};
use klinke::visitor::{OwnAddress, Proof};
use klinke_shared::{Note, Observations, Plan, Port, Recognition, State, Transport};
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Longer than three conversations may take, on a busy machine.
const SOON: Duration = Duration::from_secs(40);

/// Serves every connection to a new port in a thread of its own and gives the port.
fn serve(serve: fn(TcpStream)) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream));
        }
    });
    port
}

/// Checks one port of this machine and gives its state and what was recognised.
async fn check(transport: Transport, port: u16) -> (State, Option<Recognition>) {
    let address: IpAddr = "127.0.0.1".parse().unwrap();
    let port = Port::new(transport, port).unwrap();
    let target = Target {
        address: OwnAddress::prove(Proof::Operator { address }).unwrap(),
        plan: Plan::of_ports([port]),
        pace: Pace::default(),
        method: Method::Connect,
        sent: Arc::default(),
    };
    let mut seen = Observations::default();
    let machine = Machine::default();
    let told = target.knock(&machine, |sight| match sight {
        Sight::Observed(observation) => seen.insert(observation),
        Sight::Recognised(recognised) => seen.recognise(*recognised),
        Sight::Slowed(_) | Sight::Controlled(_) => {}
    });
    timeout(SOON, told).await.expect("the check does not end").unwrap();
    (seen.state_of(port).unwrap(), seen.recognition(port).cloned())
}

fn without_protocol(known: Option<Recognition>) -> Recognition {
    let known = known.unwrap();
    assert_eq!(known.protocol, None, "{known:?}");
    known
}

#[tokio::test]
async fn a_flood_without_an_end_is_cut_off() {
    let port = serve(|mut stream| while stream.write_all(&[b'A'; 4096]).is_ok() {});
    let (state, known) = check(Transport::Tcp, port).await;
    assert_eq!(state, State::Open);
    assert!(known.is_none_or(|known| known.protocol.is_none_or(|it| it.as_str() == "chargen")));
}

#[tokio::test]
async fn a_byte_now_and_then_holds_nothing_up() {
    let port = serve(|mut stream| {
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        while stream.write_all(b"x").is_ok() {
            let _ = stream.read(&mut [0; 512]);
        }
    });
    let (state, known) = check(Transport::Tcp, port).await;
    assert_eq!(state, State::Open);
    without_protocol(known);
}

#[tokio::test]
async fn who_never_says_a_word_is_open_and_says_nothing() {
    let port = serve(|mut stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let (state, known) = check(Transport::Tcp, port).await;
    assert_eq!(state, State::Open);
    assert!(without_protocol(known).has(Note::SaysNothing));
}

#[tokio::test]
async fn who_hangs_up_at_once_is_open_and_nothing_more() {
    let port = serve(drop);
    let (state, known) = check(Transport::Tcp, port).await;
    assert_eq!(state, State::Open);
    assert!(known.is_none_or(|known| known.protocol.is_none()));
}

#[tokio::test]
async fn tls_garbage_is_not_taken_for_tls() {
    let port = serve(|mut stream| {
        let _ = stream.read(&mut [0; 512]);
        let _ = stream.write_all(&[0x16, 3, 3, 0x40, 0, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let (state, known) = check(Transport::Tcp, port).await;
    assert_eq!(state, State::Open);
    assert!(known.is_none_or(|known| known.certificate.is_none()), "a certificate out of nothing");
}

#[tokio::test]
async fn a_compressed_bomb_stays_packed() {
    let port = serve(|mut stream| {
        let _ = stream.read(&mut [0; 512]);
        let head = "HTTP/1.1 200 OK\r\nServer: bomb/1.0\r\nContent-Encoding: gzip\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        // Deflate blocks that stand for zeros, a thousand to one.
        while stream.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xed, 0xc1]).is_ok() {}
    });
    let (state, known) = check(Transport::Tcp, port).await;
    assert_eq!(state, State::Open);
    assert_eq!(known.unwrap().product.as_deref(), Some("bomb"));
}

#[tokio::test]
async fn an_answer_from_another_address_is_not_believed() {
    let asked = UdpSocket::bind("127.0.0.1:0").unwrap();
    let other = UdpSocket::bind("127.0.0.2:0").unwrap();
    let port = asked.local_addr().unwrap().port();
    std::thread::spawn(move || {
        while let Ok((_, from)) = asked.recv_from(&mut [0; 512]) {
            let _ = other.send_to(b"I am somebody else", from);
        }
    });
    assert_eq!(check(Transport::Udp, port).await.0, State::Uncertain);
}

#[tokio::test]
async fn an_answer_to_a_question_that_nobody_knows_is_an_answer() {
    let asked = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = asked.local_addr().unwrap().port();
    std::thread::spawn(move || {
        while let Ok((_, from)) = asked.recv_from(&mut [0; 512]) {
            let _ = asked.send_to(b"?", from);
        }
    });
    assert_eq!(check(Transport::Udp, port).await.0, State::Open);
}

#[tokio::test]
async fn a_port_without_anybody_is_closed_over_udp_too() {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    drop(socket);
    assert_eq!(check(Transport::Udp, port).await.0, State::Closed);
}
