//! A million networks in one list: how long it takes to read them, what memory they need, and what it
//! costs to ask in which of them an address is, beside a hash set that knows the addresses
//! themselves. It is run by `cargo xtask bench prefixes`; it asks nobody and leaves nothing behind.

#![expect(clippy::print_stdout, reason = "a measurement is for the person who asked for it")]

use anyhow::{Context as _, Result, ensure};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use klinke::lines::Lists;
use klinke_shared::Network;
use std::collections::HashSet;
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, Instant};

/// Several times what the longest list has that is meant to be read.
const NETWORKS: usize = 1_000_000;
const LOOKUPS: usize = 1_000_000;
/// Of a hundred networks. The others are of IPv6, as in lists of relays.
const OF_IPV4: u64 = 30;
/// How long networks are in such lists.
const IPV4_LENGTHS: (u8, u8) = (24, 32);
const IPV6_LENGTHS: (u8, u8) = (45, 64);
/// `2000::/3` is what IANA gives out of IPv6; addresses elsewhere would be found missing too quickly.
const GLOBAL_IPV6: u128 = 0x2000 << 112;
/// Always the same list. Any number is as good.
const SEED: u64 = 2_607;
/// The place of some look-ups when all are in order, the quickest first. The very worst are those in
/// which the kernel had something else to do.
const QUANTILES: [(&str, usize); 3] =
    [("median", 500_000), ("99.9 %", 999_000), ("worst", 999_999)];

fn main() -> Result<()> {
    let mut random = Random(SEED);
    let networks = distinct(&mut random);
    let list = written(&networks)?;
    let lists = read(&list)?;
    let inside: Vec<IpAddr> =
        networks.iter().map(|network| within(&mut random, *network)).collect();
    let known: HashSet<IpAddr> = inside.iter().copied().collect();
    let asked: Vec<IpAddr> =
        (0..LOOKUPS).map(|number| address(&mut random, number, &inside)).collect();
    let held = |address: &IpAddr| !lists.networks(*address).is_empty();
    let found = asked.iter().filter(|address| held(address)).count();
    ensure!(found >= LOOKUPS / 2, "only {found} of {LOOKUPS} addresses were found");
    println!("look-ups             {LOOKUPS}, of which {found} found");
    let ours = measure(&asked, held)?;
    let floor = measure(&asked, |address| known.contains(address))?;
    println!("of one look-up       list, hash set, list ÷ hash set");
    for ((name, ours), (_, floor)) in ours.into_iter().zip(floor) {
        let ratio = ours.as_secs_f64() / floor.as_secs_f64();
        println!("{name:<20} {} ns, {} ns, {ratio:.2}", ours.as_nanos(), floor.as_nanos());
    }
    Ok(())
}

fn written(networks: &HashSet<IpNet>) -> Result<tempfile::NamedTempFile> {
    let list = tempfile::NamedTempFile::new()?;
    let mut writer = BufWriter::new(list.as_file());
    networks.iter().try_for_each(|network| writeln!(writer, "{network},DE,,,"))?;
    writer.flush()?;
    drop(writer);
    Ok(list)
}

fn read(list: &tempfile::NamedTempFile) -> Result<Lists> {
    let before = memory("VmRSS")?;
    let start = Instant::now();
    let lists = Lists::load(&[(Network::Relay, list.path().to_owned())], None)?;
    let took = start.elapsed();
    let (after, peak) = (memory("VmRSS")?, memory("VmHWM")?);
    println!("networks written     {NETWORKS}");
    println!("networks kept        {}", lists.counts().map(|count| count.1).sum::<usize>());
    println!("read in              {} ms", took.as_millis());
    println!("memory before        {before} KiB");
    println!("memory afterwards    {after} KiB: {} KiB more", after.saturating_sub(before));
    println!("memory at its peak   {peak} KiB: {} KiB more", peak.saturating_sub(before));
    Ok(lists)
}

/// The mean time of a look-up, of all in a row; then some quantiles, of each for itself, which have
/// the time in them that it takes to read a clock.
fn measure(
    asked: &[IpAddr],
    holds: impl Fn(&IpAddr) -> bool,
) -> Result<Vec<(&'static str, Duration)>> {
    let start = Instant::now();
    for address in asked {
        black_box(holds(black_box(address)));
    }
    let mean = start.elapsed() / u32::try_from(asked.len())?;
    let mut singles: Vec<Duration> = asked.iter().map(|address| single(address, &holds)).collect();
    singles.sort_unstable();
    let mut times = vec![("mean", mean)];
    for (name, place) in QUANTILES {
        times.push((name, *singles.get(place).context("too few look-ups")?));
    }
    Ok(times)
}

fn single(address: &IpAddr, holds: impl Fn(&IpAddr) -> bool) -> Duration {
    let start = Instant::now();
    black_box(holds(black_box(address)));
    start.elapsed()
}

fn distinct(random: &mut Random) -> HashSet<IpNet> {
    let mut networks = HashSet::with_capacity(NETWORKS);
    while networks.len() < NETWORKS {
        networks.extend(network(random));
    }
    networks
}

fn network(random: &mut Random) -> Option<IpNet> {
    if random.below(100) < OF_IPV4 {
        let (address, length) = (random.ipv4(), random.between(IPV4_LENGTHS));
        return Ipv4Net::new(address, length).ok().map(|network| IpNet::V4(network.trunc()));
    }
    let (address, length) = (random.ipv6(), random.between(IPV6_LENGTHS));
    Ipv6Net::new(address, length).ok().map(|network| IpNet::V6(network.trunc()))
}

/// Half of them are in one of the networks; the others are anywhere, in the mix of the networks.
fn address(random: &mut Random, number: usize, inside: &[IpAddr]) -> IpAddr {
    if number.is_multiple_of(2) {
        let place = random.below(inside.len() as u64);
        return usize::try_from(place).map_or(inside[0], |place| inside[place]);
    }
    if random.below(100) < OF_IPV4 { random.ipv4().into() } else { random.ipv6().into() }
}

fn within(random: &mut Random, network: IpNet) -> IpAddr {
    match network {
        IpNet::V4(v4) => (v4.addr() | (random.ipv4() & v4.hostmask())).into(),
        IpNet::V6(v6) => (v6.addr() | (random.ipv6() & v6.hostmask())).into(),
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014): seven lines that are random enough for a list.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn between(&mut self, (least, most): (u8, u8)) -> u8 {
        let more = self.below(u64::from(most - least) + 1);
        least + u8::try_from(more).unwrap_or(0)
    }

    fn ipv4(&mut self) -> Ipv4Addr {
        let [a, b, c, d, ..] = self.next().to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    }

    fn ipv6(&mut self) -> Ipv6Addr {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        Ipv6Addr::from_bits(GLOBAL_IPV6 | (bits >> 3))
    }
}

/// What this process has in memory, in KiB: as `/proc/self/statm`, which counts in pages.
fn memory(name: &str) -> Result<u64> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)).context("no such line")?;
    let number = line.trim_start_matches(':').split_whitespace().next().context("no number")?;
    Ok(number.parse()?)
}
