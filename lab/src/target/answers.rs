//! What the target's UDP services answer: just enough of each protocol that the right question
//! gets an answer and any other gets none. Knows no socket.

/// The answer to a datagram, if it deserves one.
pub(super) type Answer = fn(&[u8]) -> Option<Vec<u8>>;

/// Every service by its port. The first one is for measuring the wire.
pub(super) const SERVICES: [(u16, Answer); 6] =
    [(7, echo), (53, dns), (123, ntp), (161, snmp), (500, ike), (1900, ssdp)];

#[expect(clippy::unnecessary_wraps, reason = "it is an `Answer` like the others")]
fn echo(question: &[u8]) -> Option<Vec<u8>> {
    Some(question.to_vec())
}

/// The same message, marked as an answer without records (RFC 1035, 4.1.1).
fn dns(question: &[u8]) -> Option<Vec<u8>> {
    let (flags, header) = (question.get(2)?, 12);
    let is_question = question.len() > header && flags & 0x80 == 0;
    is_question.then(|| changed(question, &[(2, flags | 0x80)]))
}

/// A client's packet with a server's mode and a stratum, and the client's time as where the answer
/// began (RFC 5905, 7.3).
fn ntp(question: &[u8]) -> Option<Vec<u8>> {
    let (first, client, server) = (question.first()?, 3, 4);
    let is_client = question.len() >= 48 && first & 7 == client;
    let asked_at = question.get(40..48)?;
    let mut answer = changed(question.get(..48)?, &[(0, (first & !7) | server), (1, 2)]);
    answer.get_mut(24..32)?.copy_from_slice(asked_at);
    is_client.then_some(answer)
}

/// The same message as a response (RFC 3416): its PDU's tag comes after the community.
fn snmp(question: &[u8]) -> Option<Vec<u8>> {
    let (sequence, get_request, response) = (0x30, 0xa0, 0xa2);
    let pdu = question.iter().position(|byte| (get_request..=get_request + 1).contains(byte))?;
    (question.first() == Some(&sequence)).then(|| changed(question, &[(pdu, response)]))
}

/// A responder's refusal in the initiator's exchange: `NO_PROPOSAL_CHOSEN` (RFC 7296, 3.1 and 3.10).
fn ike(question: &[u8]) -> Option<Vec<u8>> {
    let (version, notify, response) = (0x20, 41, 0x20);
    let header = question.get(..28)?;
    let from_initiator = header.get(8..16)?.iter().all(|byte| *byte == 0);
    let is_v2 = header.get(17) == Some(&version);
    let marks = [(8, 0x77), (16, notify), (19, response), (24, 0), (25, 0), (26, 0), (27, 36)];
    let mut answer = changed(header, &marks);
    answer.extend([0, 0, 0, 8, 0, 0, 0, 14]);
    (from_initiator && is_v2).then_some(answer)
}

fn ssdp(question: &[u8]) -> Option<Vec<u8>> {
    let answer = b"HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nUSN: uuid:lab\r\n\r\n";
    question.starts_with(b"M-SEARCH ").then(|| answer.to_vec())
}

fn changed(message: &[u8], bytes: &[(usize, u8)]) -> Vec<u8> {
    let mut message = message.to_vec();
    for (at, value) in bytes {
        if let Some(byte) = message.get_mut(*at) {
            *byte = *value;
        }
    }
    message
}

#[cfg(test)]
mod tests {
    use super::{SERVICES, dns, ike, ntp, snmp, ssdp};
    use crate::firewall::OPEN_UDP;

    #[test]
    fn every_open_port_has_a_service() {
        assert!(OPEN_UDP.iter().all(|port| SERVICES.iter().any(|(at, _)| at == port)));
    }

    #[test]
    fn the_right_question_gets_an_answer_and_no_other_does() {
        let mut client = [0; 48];
        client[0] = 0x23;
        assert_eq!(ntp(&client).unwrap()[0], 0x24);
        assert_eq!(dns(&[1; 17]).unwrap()[2], 0x81);
        assert_eq!(snmp(&[0x30, 3, 0xa0, 1, 0]).unwrap()[2], 0xa2);
        let mut initiator = [0; 28];
        initiator[17] = 0x20;
        assert_eq!(ike(&initiator).unwrap()[8], 0x77);
        assert!(ssdp(b"M-SEARCH * HTTP/1.1\r\n\r\n").is_some());
        for answer in [ntp, dns, snmp, ike, ssdp] {
            assert_eq!(answer(b"?"), None);
            assert_eq!(answer(b""), None);
        }
    }
}
