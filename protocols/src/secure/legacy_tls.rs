//! TLS as it was before 2008, for a server that refuses today's: which version and which certificate
//! it shows in the clear. Nothing is said inside.

use super::alert::{alert, may_be_record};
use super::legacy_hello::{Shown, hello, shown};
use super::{MOST_PIECES, certificate, http, known};
use crate::{Act, Context, Conversation, MOST_HEARD};
use klinke_shared::{Note, Protocol, Recognition};

/// The names of the minor versions from 0 on; up to [`NEWEST_LEGACY`] they are deprecated (RFC 7568,
/// RFC 8996).
const VERSIONS: [&str; 4] = ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"];
/// TLS 1.1.
const NEWEST_LEGACY: u8 = 2;

/// Asks with an old hello.
pub struct LegacyTls {
    token: [u8; 16],
    now: u64,
    heard: Vec<u8>,
    pieces: usize,
}

impl LegacyTls {
    /// Begins the conversation.
    #[must_use]
    pub fn begin(context: &Context) -> Box<dyn Conversation> {
        Box::new(Self { token: context.token, now: context.now, heard: Vec::new(), pieces: 0 })
    }

    fn judge(&self, over: bool) -> Act {
        if !may_be_record(&self.heard) {
            return http::unasked(&self.heard, over);
        }
        if alert(&self.heard).is_some() {
            return Act::Known(Box::new(tls()));
        }
        match shown(&self.heard) {
            Some(shown) if shown.done || shown.certificate.is_some() || over => self.known(&shown),
            None if over => Act::Other,
            _ => Act::Listen,
        }
    }

    fn known(&self, shown: &Shown) -> Act {
        let version = VERSIONS.get(usize::from(shown.minor)).copied().unwrap_or_default();
        let mut recognition = tls().detail(version);
        if shown.minor <= NEWEST_LEGACY {
            recognition = recognition.note(Note::LegacyTls);
        }
        if let Some(der) = &shown.certificate {
            recognition = certificate::show(recognition, der, self.now);
        }
        Act::Known(Box::new(known::by_certificate(recognition)))
    }
}

fn tls() -> Recognition {
    Recognition { tls: true, ..Recognition::of(Protocol::Tls) }
}

impl Conversation for LegacyTls {
    fn start(&mut self) -> Act {
        Act::Say(hello(self.token))
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        let room = MOST_HEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.pieces += 1;
        self.judge(self.heard.len() >= MOST_HEARD || self.pieces >= MOST_PIECES)
    }

    fn over(&mut self) -> Act {
        self.judge(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secure::tests::{TLS_1_0, context};

    fn heard(bytes: &[u8]) -> Option<Recognition> {
        let mut talk = LegacyTls::begin(&context(443));
        talk.start();
        let act = match talk.hear(bytes) {
            Act::Listen => talk.over(),
            act => act,
        };
        match act {
            Act::Known(recognition) => Some(*recognition),
            _ => None,
        }
    }

    #[test]
    fn a_server_of_tls_1_0_is_legacy_and_shows_its_certificate() {
        let known = heard(TLS_1_0).unwrap();
        assert_eq!((known.protocol, known.tls), (Some(Protocol::Tls), true));
        assert_eq!(known.detail.as_deref(), Some("TLS 1.0"));
        assert_eq!(known.notes, [Note::CertificateSelfSigned, Note::LegacyTls]);
        assert!(known.certificate.is_some());
    }

    #[test]
    fn a_server_of_tls_1_2_that_only_lacks_modern_ciphers_is_not() {
        let known = heard(include_bytes!("../../../fuzz/seeds/tls/openssl-tls-1.2-rsa")).unwrap();
        assert_eq!(known.detail.as_deref(), Some("TLS 1.2"));
        assert!(!known.has(Note::LegacyTls));
    }

    #[test]
    fn a_refusal_of_a_modern_server_is_tls_and_nothing_more() {
        let known = heard(include_bytes!("../../../fuzz/seeds/tls/alert")).unwrap();
        assert_eq!(known, tls());
    }

    #[test]
    fn what_is_cut_off_is_never_less_than_it_is() {
        for length in 0..TLS_1_0.len() {
            let Some(known) = TLS_1_0.get(..length).and_then(heard) else { continue };
            assert!(known.has(Note::LegacyTls), "{length}");
        }
    }

    #[test]
    fn other_protocols_are_not_tls() {
        for other in ["", "SSH-2.0-OpenSSH_9.2p1\r\n", "\x16", "\x16\x03\x01", "\u{1}\u{2}"] {
            let known = heard(other.as_bytes());
            assert!(known.is_none_or(|known| known.protocol != Some(Protocol::Tls)), "{other:?}");
        }
    }
}
