//! Niagara Fox: the hello with which both sides begin (Tridium; as in Nmap, `fox-info`). No log-in
//! follows.

use super::text;
use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::NiagaraFox,
    ports: &[1911],
    listens: false,
    begin: |_| Box::new(Exchange::ask(HELLO.to_vec(), read)),
};

const HELLO: &[u8] = b"fox a 1 -1 fox hello\n{\nfox.version=s:1.0\nid=i:1\n};;\n";
const ANSWER: &[u8] = b"fox a 0 -1 fox hello\n{\n";
const END: &[u8] = b"\n};;";
const LONGEST: usize = 4096;

fn read(heard: &[u8], over: bool) -> Reading {
    let begins = heard.starts_with(ANSWER) || ANSWER.starts_with(heard);
    let complete = text::has(heard, END);
    if !begins || heard.len() > LONGEST {
        return Reading::Other;
    }
    if !complete {
        return if over { Reading::Other } else { Reading::More };
    }
    let value =
        |key: &[u8]| text::lines(heard).find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    let known = Recognition::of(Protocol::NiagaraFox).product("Niagara");
    let (host, brand) = (value(b"hostName=s:"), value(b"brandId=s:"));
    Reading::known(known.version(value(b"app.version=s:")).detail([brand, b" ", host].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn the_question_is_as_documented() {
        assert_eq!(question(&STEP), HELLO);
    }

    #[test]
    fn a_station_in_the_documented_form_is_read() {
        let answer =
            b"fox a 0 -1 fox hello\n{\nfox.version=s:1.0.1\nid=i:1\nhostName=s:192.0.2.1\n\
                       app.name=s:Station\napp.version=s:3.8.38\nbrandId=s:vykon\n};;\n";
        let recognition = known(&STEP, &[answer]);
        assert_eq!(names(&recognition), ("Niagara", "3.8.38", "vykon 192.0.2.1"));
    }

    #[test]
    fn an_echo_is_refused() {
        assert_eq!(tells(&STEP, &[HELLO]), None);
    }
}
