//! The ground on which web servers are measured: a network of its own with nothing but loopback, from
//! which visitors come under two addresses. It knows no server.

use anyhow::{Context as _, Result, ensure};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::Command;
use std::thread;

use crate::{namespace, own_network};

/// Who connects to this address comes from it too, as Linux chooses.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// So whoever asks at this address is another visitor.
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 78, 0, 1));
/// The server under test.
pub(super) const KLINKE: SocketAddr = SocketAddr::new(HERE, 8080);
/// The same server, for another visitor.
pub(super) const KLINKE_ELSEWHERE: SocketAddr = SocketAddr::new(ELSEWHERE, 8080);
pub(super) const NGINX: SocketAddr = SocketAddr::new(HERE, 8081);
/// An Ethernet's. With loopback's own 64 KiB, the kernel would take megabytes off the server's hands for
/// each visitor.
const MTU: u32 = 1_500;
/// For a thousand connections, with room for everything else.
const DESCRIPTORS: u64 = 2_000;

/// Refuses the machine's own network, and puts the addresses into this one.
pub(super) fn prepare() -> Result<()> {
    own_network::require_besides(&[])?;
    let batch = format!("link set dev lo mtu {MTU} up\naddress replace {ELSEWHERE}/32 dev lo\n");
    namespace::feed(Command::new("ip").args(["-batch", "-"]), &batch).context("no addresses")?;
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    ensure!(hard >= DESCRIPTORS, "at most {hard} files may be open: raise it by `ulimit -Hn`");
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard)?;
    Ok(())
}

/// How many threads a server of this machine has.
pub(super) fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// What else the machine has to do: figures of a busy one compare with others of the same run only.
pub(super) fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let averages = told.split(' ').take(3).collect::<Vec<_>>().join(" ");
    format!("load {averages}, processors {}", processors())
}
