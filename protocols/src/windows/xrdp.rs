//! Tells xrdp from Windows: TLS is begun at once, without the question for a connection that comes
//! first in remote desktop. Windows takes it, other servers hang up; xrdp alone ends a conference
//! that never began. Ends there as well, with nothing asked inside.

use crate::secure::LegacyTls;
use crate::{Act, Context, Conversation, Exchange, Reading};
use klinke_shared::{Note, Protocol, Recognition};

/// A TPKT header, X.224 Data and a Disconnect Provider Ultimatum by the user's wish (RFC 1006, 6;
/// T.125, 7). nmap tells xrdp by the same answer to the same question (`nmap-service-probes`,
/// `TLSSessionReq`).
const ULTIMATUM: &[u8] = b"\x03\0\0\x09\x02\xf0\x80\x21\x80";

/// Begins the conversation, which knows xrdp or nothing.
#[must_use]
pub fn xrdp(context: &Context) -> Box<dyn Conversation> {
    let Act::Say(hello) = LegacyTls::begin(context).start() else {
        return Box::new(Exchange::listen(read));
    };
    Box::new(Exchange::ask(hello, read))
}

fn read(heard: &[u8], over: bool) -> Reading {
    match identify_xrdp(heard) {
        Some(xrdp) => Reading::known(xrdp),
        None if ULTIMATUM.starts_with(heard) && !over => Reading::More,
        None => Reading::Other,
    }
}

/// xrdp by what it says to anything but its own language.
pub(crate) fn identify_xrdp(heard: &[u8]) -> Option<Recognition> {
    // It knows no Network Level Authentication.
    let xrdp = Recognition::of(Protocol::Rdp).product("xrdp").note(Note::NoNla);
    (heard == ULTIMATUM).then_some(xrdp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windows::tests::{CONTEXT, answer, known, never_known_too_early, refuses_others};

    #[test]
    fn a_hello_of_tls_is_all_that_is_said() {
        let Act::Say(hello) = xrdp(&CONTEXT).start() else { panic!("silent") };
        assert!(hello.starts_with(b"\x16\x03"));
    }

    #[test]
    fn xrdp_of_debian_is_recognised() {
        let heard = include_bytes!("../../../fuzz/seeds/rdp/xrdp-0.9.21-refuses-tls");
        assert_eq!(known(xrdp, heard).product.as_deref(), Some("xrdp"));
        never_known_too_early(xrdp, ULTIMATUM);
    }

    #[test]
    fn who_takes_tls_or_says_anything_else_is_not() {
        refuses_others(xrdp);
        assert_eq!(answer(xrdp, b"\x16\x03\x01\0\x04\x02\0\0\0"), Act::Other);
        assert_eq!(answer(xrdp, &[ULTIMATUM, b"\0"].concat()), Act::Other);
    }
}
