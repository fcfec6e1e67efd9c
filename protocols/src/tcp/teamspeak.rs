//! `TeamSpeak` 3: listens to the greeting of its server query (`TeamSpeak` 3 Server Query Manual, “Login
//! and `ServerQuery`”). Sends nothing.

use crate::{Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Teamspeak,
    ports: &[10011],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

const GREETING: &[u8] = b"TS3\n\r";

fn read(heard: &[u8], over: bool) -> Reading {
    match identify(heard) {
        Some(recognition) => Reading::known(recognition),
        None if !over && GREETING.starts_with(heard) => Reading::More,
        None => Reading::Other,
    }
}

/// The greeting, whose line's end is written the wrong way round.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let greets = heard.starts_with(GREETING);
    greets.then(|| Recognition::of(Protocol::Teamspeak).product("TeamSpeak 3"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::{known, names, question, tells};

    #[test]
    fn nothing_is_asked() {
        assert_eq!(question(&STEP), b"");
    }

    #[test]
    fn the_documented_greeting_is_recognised() {
        let greeting = b"TS3\n\rWelcome to the TeamSpeak 3 ServerQuery interface, type \"help\"";
        assert_eq!(names(&known(&STEP, &[greeting])).0, "TeamSpeak 3");
        assert_eq!(tells(&STEP, &[b"TS3\r\nhello"]), None);
    }
}
