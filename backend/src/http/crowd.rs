//! How many connections each visitor has open. Who opens more than anybody needs gets no further one, so
//! that one that keeps them open keeps nobody else out. Knows nothing of requests.

use crate::visitor::{TrustedProxies, unmapped};
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use klinke_shared::line_of;
use nix::sys::socket::{Shutdown, shutdown};
use std::any::Any;
use std::collections::HashMap;
use std::net::IpAddr;
use std::os::fd::AsRawFd as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts the open connections of each line.
#[derive(Debug)]
pub struct Crowd {
    most: usize,
    proxies: TrustedProxies,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection that is counted until it ends.
#[derive(Debug)]
struct Counted {
    crowd: Arc<Crowd>,
    line: IpAddr,
}

impl Crowd {
    /// At most so many connections for each IPv4 address and IPv6 `/64`. Trusted proxies may have all.
    #[must_use]
    pub fn new(most: usize, proxies: TrustedProxies) -> Arc<Self> {
        Arc::new(Self { most, proxies, open: Mutex::default() })
    }

    /// Counts a connection that was just accepted, or ends it at once.
    pub fn enter(self: &Arc<Self>, connection: &dyn Any, data: &mut Extensions) {
        let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
        let Ok(peer) = stream.peer_addr() else { return };
        let peer = unmapped(peer.ip());
        if self.proxies.trusts(peer) {
            return;
        }
        if let Some(counted) = self.count(line_of(peer)) {
            data.insert(Arc::new(counted));
        } else {
            // One that has ended in the meantime needs no end.
            let _ = shutdown(stream.as_raw_fd(), Shutdown::Both);
        }
    }

    fn count(self: &Arc<Self>, line: IpAddr) -> Option<Counted> {
        let mut open = self.lock();
        let count = open.entry(line).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Counted { crowd: Arc::clone(self), line })
    }

    /// No code panics while it holds the lock, so a poisoned one still holds sound numbers.
    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut open = self.crowd.lock();
        let left = open.get(&self.line).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            open.remove(&self.line);
        } else {
            open.insert(self.line, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_so_many_connections_and_gets_them_back() {
        let crowd = Crowd::new(2, TrustedProxies::default());
        let (one, other) = (line_of("2a00:1::1".parse().unwrap()), "1.2.3.4".parse().unwrap());
        let first = crowd.count(one).unwrap();
        let second = crowd.count(line_of("2a00:1::2".parse().unwrap())).unwrap();
        assert!(crowd.count(one).is_none());
        assert!(crowd.count(other).is_some(), "others have their own");
        drop(first);
        assert!(crowd.count(one).is_some());
        drop(second);
        assert!(crowd.lock().is_empty(), "nobody is remembered who is not there");
    }
}
