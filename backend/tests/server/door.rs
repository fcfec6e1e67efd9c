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
    _sockets: [Socket; 2],
}

impl Door {
    /// One that lets every visitor in.
    pub(crate) fn open() -> Self {
        Self::with_room_for(128)
    }

    /// One that lets two visitors wait and has no word for any other, not even a refusal.
    pub(crate) fn open_until_full() -> Self {
        Self::with_room_for(0)
    }

    /// Its port, the same at both addresses.
    pub(crate) fn port(&self) -> Port {
        self.port
    }

    /// Every port is given out once, so that no test finds the door of another.
    fn with_room_for(waiting: i32) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let plan = Plan::of_profile(Profile::Quick);
        let usable = |port: &Port| port.transport == Transport::Tcp && port.number.get() >= FIRST;
        let ports: Vec<Port> = plan.ports().iter().copied().filter(usable).collect();
        loop {
            let port = ports[NEXT.fetch_add(1, Ordering::Relaxed)];
            let here = ["127.0.0.1", "::1"].map(|address| {
                let address: IpAddr = address.parse().unwrap();
                listening(SocketAddr::new(address, port.number.get()), waiting)
            });
            if let [Some(v4), Some(v6)] = here {
                return Self { port, _sockets: [v4, v6] };
            }
        }
    }
}

fn listening(address: SocketAddr, waiting: i32) -> Option<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
    // Connections of a door that was shut a moment ago may still be in the kernel's books.
    socket.set_reuse_address(true).unwrap();
    socket.bind(&address.into()).ok()?;
    socket.listen(waiting).unwrap();
    Some(socket)
}
