//! Cassandra: the request OPTIONS, which comes before any log-in (“CQL Binary Protocol v4”, 4.1.3 and
//! 4.2.4). Reads no table.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Cassandra,
    ports: &[9042],
    listens: false,
    begin: |_| Box::new(Exchange::ask(QUESTION.to_vec(), read)),
};

/// Version 4, no flags, stream `Kl`, OPTIONS, no body.
const QUESTION: &[u8] = b"\x04\0Kl\x05\0\0\0\0";
/// Answers of the versions 3 to 5.
const VERSIONS: std::ops::RangeInclusive<u8> = 0x83..=0x85;
const ERROR: u8 = 0;
const SUPPORTED: u8 = 6;
const LONGEST: u32 = 8192;
/// What a server that does not know the version answers with (4.2.1 and 9).
const PROTOCOL_ERROR: u32 = 0x000a;

fn read(heard: &[u8], over: bool) -> Reading {
    let mut bytes = Bytes(heard);
    let more = if over { Reading::Other } else { Reading::More };
    match bytes.u8() {
        None => return more,
        Some(version) if VERSIONS.contains(&version) => {}
        Some(_) => return Reading::Other,
    }
    let Some([_, stream @ .., kind]) = bytes.array::<4>() else { return more };
    let Some(length) = bytes.u32() else { return more };
    if length > LONGEST {
        return Reading::Other;
    }
    let Some(body) = usize::try_from(length).ok().and_then(|length| bytes.take(length)) else {
        return more;
    };
    let read = match kind {
        SUPPORTED if &stream == b"Kl" => options(Bytes(body)),
        ERROR => error(Bytes(body)),
        _ => None,
    };
    read.map_or(Reading::Other, Reading::known)
}

/// What the server supports: names, each with several values.
fn options(mut body: Bytes) -> Option<Recognition> {
    let (mut cql, mut product) = (None, "Cassandra");
    for _ in 0..body.u16()? {
        let key = text(&mut body)?;
        for place in 0..body.u16()? {
            let value = text(&mut body)?;
            if key == b"CQL_VERSION" && place == 0 {
                cql = Some(value);
            }
        }
        if key.starts_with(b"SCYLLA_") {
            product = "ScyllaDB";
        }
    }
    let detail = [b"CQL ", cql?].concat();
    Some(Recognition::of(Protocol::Cassandra).product(product).detail(detail))
}

fn error(mut body: Bytes) -> Option<Recognition> {
    let code = body.u32()?;
    let words = text(&mut body)?;
    (code == PROTOCOL_ERROR).then(|| Recognition::of(Protocol::Cassandra).detail(words))
}

fn text<'a>(body: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let length = usize::from(body.u16()?);
    body.take(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    const BODY: &[u8] =
        b"\0\x02\0\x0bCOMPRESSION\0\x02\0\x06snappy\0\x03lz4\0\x0bCQL_VERSION\0\x01\
        \0\x053.4.5";

    fn answer(kind: u8, stream: &[u8], body: &[u8]) -> Vec<u8> {
        let length = u8::try_from(body.len()).unwrap();
        [&[0x84, 0][..], stream, &[kind, 0, 0, 0, length], body].concat()
    }

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), b"\x04\0Kl\x05\0\0\0\0");
    }

    #[test]
    fn an_answer_in_the_documented_form_is_read() {
        let recognition = known(&STEP, &[&answer(SUPPORTED, b"Kl", BODY)]);
        assert_eq!(names(&recognition), ("Cassandra", "", "CQL 3.4.5"));
        let error = answer(ERROR, b"\0\0", b"\0\0\0\x0a\0\x03old");
        assert_eq!(names(&known(&STEP, &[&error])).2, "old");
    }

    #[test]
    fn another_stream_or_kind_is_refused() {
        assert_eq!(tells(&STEP, &[&answer(SUPPORTED, b"Kx", BODY)]), None);
        assert_eq!(tells(&STEP, &[&answer(2, b"Kl", BODY)]), None);
    }
}
