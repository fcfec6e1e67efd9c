//! The two that borrowed their form from HTTP: SIP (RFC 3261, 11: OPTIONS) and RTSP (RFC 2326, 10.1:
//! OPTIONS). Both ask what the other side can do; no call is set up, and no picture is asked for.

use super::text;
use crate::{Context, Exchange, Reading, Step};
use klinke_shared::{Note, Protocol, Recognition};
use std::net::IpAddr;

/// SIP over TCP.
pub(super) const SIP: Step = Step {
    protocol: Protocol::Sip,
    ports: &[5060, 5062, 5080],
    listens: false,
    begin: |context| Box::new(Exchange::ask(options(context), sip)),
};

/// RTSP.
pub(super) const RTSP: Step = Step {
    protocol: Protocol::Rtsp,
    ports: &[554, 8554, 5554, 10554],
    listens: false,
    begin: |_| Box::new(Exchange::ask(RTSP_QUESTION.to_vec(), rtsp)),
};

const RTSP_QUESTION: &[u8] = b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n";
const CALL: &[u8] = b"klinke@klinke.invalid";
/// The lines with which a head ends.
const END: &[u8] = b"\r\n\r\n";

/// How RTSP servers name themselves without a number behind it.
const SERVERS: text::Names = &[
    ("Hipcam", "Hipcam"),
    ("Dahua", "Dahua"),
    ("GStreamer RTSP server", "GStreamer RTSP server"),
    ("AirTunes", "AirTunes"),
    ("FRITZ!Box", "FRITZ!Box"),
    ("FRITZ!OS", "FRITZ!OS"),
];

/// RFC 3261, 11.1: the fields that an OPTIONS request has to have.
fn options(context: &Context) -> Vec<u8> {
    let host = match context.address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    format!(
        "OPTIONS sip:{host} SIP/2.0\r\nVia: SIP/2.0/TCP klinke.invalid;branch=z9hG4bKklinke\r\n\
         Max-Forwards: 70\r\nFrom: <sip:klinke@klinke.invalid>;tag=klinke\r\nTo: <sip:{host}>\r\n\
         Call-ID: klinke@klinke.invalid\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    )
    .into_bytes()
}

fn sip(heard: &[u8], over: bool) -> Reading {
    let answers = |head: &[u8]| {
        let call = text::header(head, b"Call-ID").or_else(|| text::header(head, b"i"));
        call == Some(CALL)
    };
    head(heard, over, b"SIP/2.0 ", Protocol::Sip, answers)
}

fn rtsp(heard: &[u8], over: bool) -> Reading {
    let answers = |head: &[u8]| text::header(head, b"CSeq").is_none_or(|number| number == b"1");
    head(heard, over, b"RTSP/1.", Protocol::Rtsp, answers)
}

fn head(
    heard: &[u8],
    over: bool,
    start: &[u8],
    protocol: Protocol,
    answers: fn(&[u8]) -> bool,
) -> Reading {
    if !heard.starts_with(start) {
        return if !over && start.starts_with(heard) { Reading::More } else { Reading::Other };
    }
    let end = text::find(heard, END).map(|place| place + END.len());
    if end.is_none() && !over {
        return Reading::More;
    }
    let fields = text::at_most(heard, end.unwrap_or(heard.len()));
    match of_head(fields, protocol) {
        Some(recognition) if answers(fields) => Reading::known(recognition),
        _ => Reading::Other,
    }
}

/// The status line, and how the server names itself.
fn of_head(head: &[u8], protocol: Protocol) -> Option<Recognition> {
    let line = text::line(head)?;
    let mut words = line.split(|byte| *byte == b' ').skip(1);
    let code =
        words.next().filter(|code| code.len() == 3 && code.iter().all(u8::is_ascii_digit))?;
    let agent = text::header(head, b"Server").or_else(|| text::header(head, b"User-Agent"));
    let known = Recognition::of(protocol);
    let known =
        if matches!(code, b"401" | b"407") { known.note(Note::AsksPassword) } else { known };
    let Some(agent) = agent else { return Some(known) };
    let named = text::named(known.clone(), agent, SERVERS);
    Some(if named.product.is_some() { named } else { text::agent(known, agent) }.detail(agent))
}

/// A complaint of one of the two about a question of another protocol.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    match heard {
        _ if heard.starts_with(b"SIP/2.0 ") => of_head(heard, Protocol::Sip),
        _ if heard.starts_with(b"RTSP/1.") => of_head(heard, Protocol::Rtsp),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_questions_are_as_documented() {
        assert_eq!(question(&RTSP), b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n");
        let sip = String::from_utf8(question(&SIP)).unwrap();
        assert!(sip.starts_with("OPTIONS sip:192.0.2.1 SIP/2.0\r\nVia: "));
        assert!(sip.ends_with("\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"));
    }

    #[test]
    fn kamailio_of_debian_is_recognised() {
        let recognition = known(&SIP, &[include_bytes!("../../../fuzz/seeds/sip/kamailio")]);
        assert_eq!((names(&recognition).0, names(&recognition).1), ("kamailio", "5.6.3"));
    }

    #[test]
    fn a_camera_is_recognised() {
        // The form of RFC 2326, 10.1, with the Server line of a common camera.
        let answer = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: Hipcam RealServer/V1.0\r\nPublic: \
                       OPTIONS, DESCRIBE\r\n\r\n";
        assert_eq!(names(&known(&RTSP, &[answer])).0, "Hipcam");
        let locked =
            b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: GStreamer RTSP server\r\n\r\n";
        assert_eq!(known(&RTSP, &[locked]).notes, [Note::AsksPassword]);
    }

    #[test]
    fn an_answer_to_another_question_is_refused() {
        let sip = b"SIP/2.0 200 OK\r\nCall-ID: other\r\nServer: x\r\n\r\n";
        assert_eq!(tells(&SIP, &[sip]), None);
        assert_eq!(tells(&RTSP, &[b"RTSP/1.0 200 OK\r\nCSeq: 7\r\n\r\n"]), None);
        assert_eq!(tells(&RTSP, &[b"RTSP/1.0 OK\r\n\r\n"]), None);
    }
}
