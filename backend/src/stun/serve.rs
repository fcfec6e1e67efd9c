//! Answers STUN requests at a socket, one after the other and for ever. It sends to nobody but who has
//! just asked, connects to nobody, keeps nothing of anybody and logs no address. Knows no setting
//! and does not open its socket.

use super::datagram;
use super::limit::Limit;
use super::message::answer;
use super::request::LONGEST_REQUEST;
use std::io;
use std::time::Duration;
use tokio::io::Interest;
use tokio::net::UdpSocket;
use tokio::time::Instant;

/// One byte more than is read, so that a longer datagram is seen to be too long and not cut to fit.
const BUFFER: usize = LONGEST_REQUEST + 1;
/// Until the socket is asked again after a fault. Where a fault lasts, as a lack of memory, this
/// keeps it from taking the whole processor; and no page notices a pause so short.
const PAUSE_AFTER_FAULT: Duration = Duration::from_millis(10);

/// Answers every Binding request at the socket as far as the limits let it, and never ends. The
/// socket may be for one address or for all, and for one family or both.
///
/// Faults of single datagrams, in either direction, lose that datagram and nothing else; who asks by
/// UDP asks again (RFC 8489, 6.2.1).
///
/// # Errors
/// When the socket cannot be used without blocking. Needs tokio's runtime, where the future is to run.
pub fn serve<S: Into<std::net::UdpSocket>>(
    socket: S,
) -> io::Result<impl Future<Output = ()> + Send + use<S>> {
    let socket = socket.into();
    socket.set_nonblocking(true)?;
    Ok(serve_for_ever(UdpSocket::from_std(socket)?))
}

async fn serve_for_ever(socket: UdpSocket) {
    if let Err(error) = datagram::tell_own_addresses(&socket) {
        tracing::warn!(%error, "answers by UDP may leave from another address than the one asked");
    }
    let mut limit = Limit::new();
    let start = Instant::now();
    loop {
        if let Err(error) = answer_next(&socket, &mut limit, start).await {
            tracing::debug!(%error, "a request by UDP was not received");
            tokio::time::sleep(PAUSE_AFTER_FAULT).await;
        }
    }
}

/// Waits for a datagram and answers it. The error is that of receiving.
async fn answer_next(socket: &UdpSocket, limit: &mut Limit, start: Instant) -> io::Result<()> {
    let mut bytes = [0; BUFFER];
    let receive = || datagram::receive(socket, &mut bytes);
    let (length, way) = socket.async_io(Interest::READABLE, receive).await?;
    let request = bytes.get(..length).unwrap_or_default();
    let Some(from) = way.from() else { return Ok(()) };
    let Some(answer) = answer(request, from) else { return Ok(()) };
    if limit.admits(from.ip(), start.elapsed()) {
        let send = || datagram::send(socket, answer.as_bytes(), &way);
        // Whoever cannot be reached may be somebody who never asked.
        let _ = socket.async_io(Interest::WRITABLE, send).await;
    }
    Ok(())
}
