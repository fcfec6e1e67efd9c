//! Doors that a test opens on this computer, at ports that a quick check asks and that nobody else holds.

use klinke_shared::{Plan, Port, Profile, Transport};
use socket2::{Domain, Socket, Type};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Below are ports that only root may hold.
const FIRST: u16 = 1_024;

/// A door at 127.0.0.1 and `::1`, shut when this is dropped.
pub(crate) struct Door {
    port: Port,
    sockets: [Socket; 2],
    waiting: Vec<Socket>,
}

impl Door {
    /// One that lets every visitor in. Every port is given out once, so that no test finds the door of another.
    pub(crate) fn open() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let plan = Plan::of_profile(Profile::Quick);
        let usable = |port: &Port| port.transport == Transport::Tcp && port.number.get() >= FIRST;
        let ports: Vec<Port> = plan.ports().iter().copied().filter(usable).collect();
        loop {
            let port = ports[NEXT.fetch_add(1, Ordering::Relaxed)];
            let here = ["127.0.0.1", "::1"].map(|address| {
                let address: IpAddr = address.parse().unwrap();
                listening(SocketAddr::new(address, port.number.get()))
            });
            if let [Some(v4), Some(v6)] = here {
                return Self { port, sockets: [v4, v6], waiting: Vec::new() };
            }
        }
    }

    /// From now on it has no word for anybody, not even a refusal: nobody takes a visitor out of its queue,
    /// which is full.
    pub(crate) fn fall_silent(&mut self) {
        for socket in &self.sockets {
            socket.listen(0).unwrap();
            let address = socket.local_addr().unwrap();
            // At most one finds room.
            for _ in 0..2 {
                let visitor = Socket::new(address.domain(), Type::STREAM, None).unwrap();
                visitor.set_nonblocking(true).unwrap();
                // It does not wait for the answer.
                let _ = visitor.connect(&address);
                self.waiting.push(visitor);
            }
        }
    }

    /// Its port, the same at both addresses.
    pub(crate) fn port(&self) -> Port {
        self.port
    }
}

fn listening(address: SocketAddr) -> Option<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
    // Connections of a door that was shut a moment ago may still be in the kernel's books.
    socket.set_reuse_address(true).unwrap();
    socket.bind(&address.into()).ok()?;
    socket.listen(128).unwrap();
    Some(socket)
}
