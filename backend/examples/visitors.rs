//! Many visitors at once, in one process as on a server: how long each one's check takes, what a
//! probe costs in processor time and a visitor in memory, the kernel's included. It is run by
//! `cargo xtask bench visitors` in a network where every address of 10.78.0.0/16 answers.

#![expect(clippy::print_stdout, reason = "a measurement is for the person who asked for it")]

use anyhow::{Context as _, Result};
use futures_util::future::join_all;
use klinke::engine::{Machine, Method, Pace, Sight, Target};
use klinke::visitor::{OwnAddress, Proof};
use klinke_shared::{Plan, Port, State, Transport};
use nix::sys::resource::{Resource, UsageWho, getrlimit, getrusage, setrlimit};
use nix::sys::time::TimeValLike as _;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The network whose addresses all answer.
const NETWORK: u32 = u32::from_be_bytes([10, 78, 0, 0]);
/// Descriptors left to others, as the server does.
const KEPT: u64 = 1_000;
/// Often enough to see the peak of a check that takes seconds.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Of one core, so that this machine and the target's share it.
const PER_SECOND: u32 = 20_000;

fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u32>());
    let (visitors, ports) = numbers
        .next()
        .zip(numbers.next())
        .and_then(|(visitors, ports)| Some((visitors.ok()?, u16::try_from(ports.ok()?).ok()?)))
        .context("accepted are two numbers: visitors and ports")?;
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard)?;
    let descriptors = usize::try_from(hard.saturating_sub(KEPT))?;
    let machine = Machine::new(PER_SECOND, descriptors);
    let targets: Vec<Target> =
        (0..visitors).map(|visitor| target(visitor, ports)).collect::<Result<_>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let before = (memory("MemAvailable", "/proc/meminfo")?, used()?);
    let start = Instant::now();
    let checks = join_all(targets.iter().map(|target| check(target, &machine, start)));
    let mut least = before.0;
    let done = runtime.block_on(async {
        tokio::select! {
            done = checks => done,
            never = watch(&mut least) => never,
        }
    });
    let cpu = used()?.saturating_sub(before.1);
    println!("memory of the machine at most {} KiB", before.0.saturating_sub(least));
    report(&machine, done, cpu)
}

fn target(visitor: u32, ports: u16) -> Result<Target> {
    let address = IpAddr::V4(Ipv4Addr::from(NETWORK + 256 + visitor));
    let plan = (1..=ports).filter_map(|number| Port::new(Transport::Tcp, number));
    Ok(Target {
        address: OwnAddress::prove(Proof::Operator { address })?,
        plan: Plan::by_rank(plan),
        pace: Pace { recognise: false, ..Pace::default() },
        method: Method::Connect,
        sent: Arc::default(),
    })
}

/// How long a check took, how many ports it found open and how many it could not test.
async fn check(target: &Target, machine: &Machine, start: Instant) -> (Duration, usize, usize) {
    let (mut open, mut not_tested) = (0, 0);
    let told = target.knock(machine, |sight| {
        if let Sight::Observed(observation) = sight {
            open += usize::from(observation.state() == State::Open);
            not_tested += usize::from(observation.state() == State::NotTested);
        }
    });
    let failed = told.await.is_err();
    (start.elapsed(), open, not_tested + usize::from(failed))
}

/// Notes how little memory was free, the kernel's sockets included; it ends with the checks.
async fn watch<T>(least: &mut u64) -> T {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        ticks.tick().await;
        if let Ok(free) = memory("MemAvailable", "/proc/meminfo") {
            *least = free.min(*least);
        }
    }
}

fn report(machine: &Machine, mut done: Vec<(Duration, usize, usize)>, cpu: Duration) -> Result<()> {
    done.sort_unstable();
    let probes = machine
        .counts()
        .iter()
        .find(|count| count.name == "klinke_probes_total")
        .map_or(1, |count| count.value.max(1));
    let median = done.get(done.len() / 2).context("nobody was checked")?.0;
    let slowest = done.last().context("nobody was checked")?.0;
    let per_probe = cpu.as_secs_f64() * 1e6 / f64::from(u32::try_from(probes)?);
    println!("visitors            {}", done.len());
    println!("open found          {}", done.iter().map(|check| check.1).sum::<usize>());
    println!("not tested          {}", done.iter().map(|check| check.2).sum::<usize>());
    println!("probes              {probes}");
    println!("median              {:.2} s", median.as_secs_f64());
    println!("slowest             {:.2} s", slowest.as_secs_f64());
    println!("slowest ÷ median    {:.2}", slowest.as_secs_f64() / median.as_secs_f64());
    println!("processor per probe {per_probe:.1} µs");
    println!("memory, this process at most {} KiB", memory("VmHWM", "/proc/self/status")?);
    Ok(())
}

/// Processor time of this process, the kernel's on its behalf included.
fn used() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(Duration::from_micros(u64::try_from(micros)?))
}

/// A line of a file of the kernel's, in KiB.
fn memory(name: &str, file: &str) -> Result<u64> {
    let text = std::fs::read_to_string(file)?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)).context("no such line")?;
    let number = line.trim_start_matches(':').split_whitespace().next().context("no number")?;
    Ok(number.parse()?)
}
