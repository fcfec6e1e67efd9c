//! How long an answer of the visitor's takes, as the kernel measured it while the connection was
//! made. The engine begins with it instead of a guess. Knows nothing of requests.

use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use nix::libc;
use std::any::Any;
use std::os::fd::{AsRawFd as _, RawFd};
use std::time::Duration;

/// A measured time above this was not the line's: the browser or its computer slept.
const LONGEST: Duration = Duration::from_secs(3);

/// The smoothed round-trip time of one connection.
#[derive(Debug, Clone, Copy)]
struct ConnectionRtt(Duration);

/// Measures a connection that was just accepted and remembers it with its requests.
pub fn measure(connection: &dyn Any, data: &mut Extensions) {
    let rtt = connection.downcast_ref::<TcpStream>().and_then(|stream| rtt(stream.as_raw_fd()));
    if let Some(rtt) = rtt {
        data.insert(ConnectionRtt(rtt));
    }
}

/// The round-trip time of the connection over which a request came, where the system told.
pub(super) fn of(request: &HttpRequest) -> Option<Duration> {
    request.conn_data::<ConnectionRtt>().map(|measured| measured.0)
}

/// `tcpi_rtt` of `TCP_INFO` (tcp(7)), in microseconds there.
#[expect(unsafe_code, reason = "no crate in use wraps TCP_INFO; the call fills a plain structure")]
fn rtt(socket: RawFd) -> Option<Duration> {
    let mut info = std::mem::MaybeUninit::<libc::tcp_info>::zeroed();
    let mut length = libc::socklen_t::try_from(size_of::<libc::tcp_info>()).ok()?;
    // SAFETY: `info` and `length` live through the call, the kernel writes at most `length` bytes,
    // and every bit pattern is a valid `tcp_info`, whose fields are integers and were zeroed.
    let info = unsafe {
        let result = libc::getsockopt(
            socket,
            libc::IPPROTO_TCP,
            libc::TCP_INFO,
            info.as_mut_ptr().cast(),
            &raw mut length,
        );
        (result == 0).then(|| info.assume_init())?
    };
    let rtt = Duration::from_micros(info.tcpi_rtt.into());
    (!rtt.is_zero() && rtt <= LONGEST).then_some(rtt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn a_connection_s_own_time_is_measured_and_nothing_else_has_one() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let _near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (far, _) = listener.accept().unwrap();
        assert!(rtt(far.as_raw_fd()).is_some_and(|rtt| rtt < Duration::from_secs(1)));
        let file = std::fs::File::open("/dev/null").unwrap();
        assert_eq!(rtt(file.as_raw_fd()), None);
    }
}
