//! Measures the wire itself: how exact it is, what it loses by itself and what it costs.

use anyhow::{Context as _, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use std::net::UdpSocket;
use std::thread;
use std::time::{Duration, Instant};

use crate::firewall::Firewall;
use crate::network::{Network, TARGET};
use crate::wire::Settings;

/// The service that sends everything back.
const ECHO: u16 = 7;
/// How long the flood lasts.
const LASTS: Duration = Duration::from_secs(3);
/// How long the last answer may take.
const PATIENCE: Duration = Duration::from_millis(500);
/// One burst a millisecond: finer would measure this program's timer.
const BURSTS_PER_SECOND: u32 = 1_000;

/// Sends so many datagrams per second there and back, and says what became of them.
pub(crate) fn measure(per_second: u32) -> Result<()> {
    let network = Network::open(Settings::GOOD, Firewall::None)?;
    let socket = UdpSocket::bind("0.0.0.0:0").context("cannot bind")?;
    socket.connect((TARGET, ECHO)).context("no way to the target")?;
    socket.set_read_timeout(Some(PATIENCE)).context("a socket without time-out")?;
    let start = Instant::now();
    let sender = socket.try_clone().context("cannot send")?;
    let sending = thread::spawn(move || flood(&sender, per_second, start));
    let trips = receive(&socket, start);
    let sent = sending.join().ok().context("the sender has stopped")?;
    let used = start.elapsed();
    ensure!(!trips.is_empty(), "nothing came back");
    let at =
        |share: usize| trips.get((trips.len() - 1) * share / 1_000).copied().unwrap_or_default();
    println!("{sent} datagrams at {per_second}/s, {} came back", trips.len());
    let [least, middle, p99, p999, most] = [0, 500, 990, 999, 1_000].map(at);
    println!(
        "round trip: least {least:.3?}, median {middle:.3?}, 99 % {p99:.3?}, 99.9 % {p999:.3?}, most {most:.3?}"
    );
    let [sent, returned] = network.counts();
    println!(
        "late by more than 1 ms: {}, refused: {}",
        sent.late + returned.late,
        sent.refused + returned.refused
    );
    let usage = getrusage(UsageWho::RUSAGE_SELF).context("no measurements")?;
    let cpu = usage.user_time().num_milliseconds() + usage.system_time().num_milliseconds();
    println!("processor, with sender and receiver: {cpu} ms in {used:.1?}");
    Ok(())
}

fn flood(socket: &UdpSocket, per_second: u32, start: Instant) -> u32 {
    let burst = per_second.div_ceil(BURSTS_PER_SECOND);
    let mut sent = 0;
    while start.elapsed() < LASTS {
        for _ in 0..burst {
            let stamp = start.elapsed().as_nanos().to_be_bytes();
            sent += u32::from(socket.send(&stamp).is_ok());
        }
        let next = Duration::from_secs(1) * (sent / burst) / BURSTS_PER_SECOND;
        thread::sleep(next.saturating_sub(start.elapsed()));
    }
    sent
}

/// All round trips until nothing comes any more, the shortest first.
fn receive(socket: &UdpSocket, start: Instant) -> Vec<Duration> {
    let mut trips = Vec::new();
    let mut stamp = [0; size_of::<u128>()];
    while socket.recv(&mut stamp).is_ok() {
        let sent = u64::try_from(u128::from_be_bytes(stamp)).unwrap_or_default();
        trips.push(start.elapsed().saturating_sub(Duration::from_nanos(sent)));
    }
    trips.sort_unstable();
    trips
}
