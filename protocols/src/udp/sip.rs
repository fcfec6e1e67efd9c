//! SIP (RFC 3261, 11): asks what the other side can do. Registers nobody and calls nobody; with
//! Max-Forwards 0 the question goes no further than to who receives it (RFC 3261, 16.3).

use super::{Question, Token, banner, hex};
use klinke_shared::{Protocol, Recognition};

/// What a branch of this version of SIP begins with (RFC 3261, 8.1.1.7).
const COOKIE: &str = "z9hG4bK";

/// What it can do.
pub(super) const OPTIONS: Question =
    Question { protocol: Protocol::Sip, ports: &[5060], datagram: ask, read, from_any_port: false };

/// Everything that a request must have (RFC 3261, 8.1.1), and `rport` so that the answer comes back
/// to where the question came from (RFC 3581).
fn ask(token: &Token) -> Vec<u8> {
    let call = hex(token);
    let lines = [
        "OPTIONS sip:klinke.invalid SIP/2.0".to_owned(),
        format!("Via: SIP/2.0/UDP klinke.invalid;rport;branch={COOKIE}{call}"),
        "Max-Forwards: 0".to_owned(),
        "From: <sip:klinke.invalid>;tag=1".to_owned(),
        "To: <sip:klinke.invalid>".to_owned(),
        format!("Call-ID: {call}"),
        "CSeq: 1 OPTIONS".to_owned(),
        "Content-Length: 0".to_owned(),
        "\r\n".to_owned(),
    ];
    lines.join("\r\n").into_bytes()
}

/// An answer repeats the call's name (RFC 3261, 8.2.6.2).
fn read(token: &Token, bytes: &[u8]) -> Option<Recognition> {
    let head = banner::whole_head(bytes)?;
    let status = head.strip_prefix(b"SIP/2.0 ")?;
    status.get(..3)?.iter().all(u8::is_ascii_digit).then_some(())?;
    let call = banner::header(head, "Call-ID").or_else(|| banner::header(head, "i"))?;
    (call == hex(token).as_bytes()).then_some(())?;
    let program = banner::header(head, "Server").or_else(|| banner::header(head, "User-Agent"));
    let recognition = Recognition::of(Protocol::Sip);
    Some(match program.filter(|program| !program.is_empty()) {
        Some(program) => banner::name(recognition, program).detail(program),
        None => recognition,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TOKEN, heard_whole, names, seed};
    use super::*;

    #[test]
    fn the_question_is_a_whole_request_that_goes_no_further() {
        let question = String::from_utf8((OPTIONS.datagram)(&TOKEN)).unwrap();
        assert!(question.starts_with("OPTIONS sip:klinke.invalid SIP/2.0\r\nVia: SIP/2.0/UDP "));
        assert!(question.contains("\r\nMax-Forwards: 0\r\n"));
        assert!(question.contains("\r\nCall-ID: 4b6c696e6b6554657374546f6b656e21\r\n"));
        assert!(question.ends_with("\r\nContent-Length: 0\r\n\r\n"));
    }

    #[test]
    fn kamailio_says_its_version() {
        let recognition = heard_whole(&OPTIONS, &seed("sip/udp-kamailio"));
        let server = "kamailio (5.6.3 (x86_64/linux))";
        assert_eq!(names(&recognition), ["kamailio", "5.6.3", server]);
    }

    #[test]
    fn short_headers_and_a_user_agent_do_as_well() {
        let answer = b"SIP/2.0 200 OK\r\ni: 4b6c696e6b6554657374546f6b656e21\r\n\
                       User-Agent: FPBX-16.0.40(18.14.0)\r\n\r\n";
        let recognition = heard_whole(&OPTIONS, answer);
        assert_eq!(names(&recognition), ["FPBX", "16.0.40", "FPBX-16.0.40(18.14.0)"]);
    }
}
