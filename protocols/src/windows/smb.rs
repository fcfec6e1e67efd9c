//! File sharing: negotiates a dialect, directly or in a `NetBIOS` session, and looks who answers. Ends
//! before a session is set up, which would be a log-in: no user, no share, no file.

use super::netbios::{self, Packet};
use super::{smb1_negotiate, smb2_negotiate};
use crate::{Act, Context, Conversation, MOST_HEARD};
use klinke_shared::{Protocol, Recognition};

/// Where SMB is spoken in a `NetBIOS` session (RFC 1002 4.3).
const NETBIOS_PORT: u16 = 139;

/// Which of the dialects from SMB 2.0.2 to 3.1.1 is spoken.
pub(super) fn smb2(context: &Context) -> Box<dyn Conversation> {
    Box::new(Negotiation::new(
        &smb2_negotiate::question(&context.token),
        smb2_negotiate::read,
        false,
    ))
}

/// Whether there is a `NetBIOS` session, and whether SMB is spoken in it.
pub(super) fn over_netbios(context: &Context) -> Box<dyn Conversation> {
    Box::new(Negotiation::new(
        &smb2_negotiate::question(&context.token),
        smb2_negotiate::read,
        true,
    ))
}

/// Whether SMB 1 is still spoken: offers nothing else, on a new connection. Recognises SMB with
/// [`klinke_shared::Note::Smb1`] if the server agrees.
#[must_use]
pub fn smb1(context: &Context) -> Box<dyn Conversation> {
    let in_session = context.port == NETBIOS_PORT;
    Box::new(Negotiation::new(&smb1_negotiate::question(), smb1_negotiate::read, in_session))
}

/// One negotiation.
struct Negotiation {
    question: Vec<u8>,
    read: fn(&[u8]) -> Option<Recognition>,
    session: Session,
    heard: Vec<u8>,
}

/// How far the `NetBIOS` session is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Session {
    /// None is needed.
    Direct,
    /// It was asked for.
    Asked,
    /// It stands.
    Stands,
}

impl Negotiation {
    fn new(message: &[u8], read: fn(&[u8]) -> Option<Recognition>, in_session: bool) -> Self {
        let session = if in_session { Session::Asked } else { Session::Direct };
        Self { question: netbios::framed(message), read, session, heard: Vec::new() }
    }

    /// The negotiation answers with one message.
    fn answered(&self, message: &[u8]) -> Act {
        (self.read)(message).map_or_else(|| self.over_now(), |smb| Act::Known(Box::new(smb)))
    }

    /// What is known without an answer to the negotiation.
    fn over_now(&self) -> Act {
        match self.session {
            Session::Stands => session_only(),
            Session::Direct | Session::Asked => Act::Other,
        }
    }
}

/// There is a `NetBIOS` session service, and nothing more is known of it.
fn session_only() -> Act {
    Act::Known(Box::new(Recognition::of(Protocol::NetbiosSession)))
}

impl Conversation for Negotiation {
    fn start(&mut self) -> Act {
        Act::Say(match self.session {
            Session::Asked => netbios::session_request(),
            Session::Direct | Session::Stands => std::mem::take(&mut self.question),
        })
    }

    fn hear(&mut self, bytes: &[u8]) -> Act {
        let room = MOST_HEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        match (netbios::packet(&self.heard), self.session) {
            (Packet::Unfinished, _) if self.heard.len() < MOST_HEARD => Act::Listen,
            (Packet::Positive(length), Session::Asked) => {
                self.heard.drain(..length);
                self.session = Session::Stands;
                Act::Say(std::mem::take(&mut self.question))
            }
            (Packet::Negative, Session::Asked) => session_only(),
            (Packet::Message(message), Session::Direct | Session::Stands) => self.answered(message),
            _ => self.over_now(),
        }
    }

    fn over(&mut self) -> Act {
        self.over_now()
    }
}

/// Samba fills its server GUID with its own name in lower case instead of a random value
/// (`negprot_spnego` in its source3/smbd/negprot.c): the name, if this is such a GUID.
pub(super) fn name_of_samba(guid: [u8; 16]) -> Option<Vec<u8>> {
    let length = guid.iter().position(|byte| *byte == 0)?;
    let (name, rest) = guid.split_at_checked(length)?;
    let is_name =
        |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(byte);
    let samba = !name.is_empty() && name.iter().all(is_name) && rest.iter().all(|byte| *byte == 0);
    samba.then(|| name.to_vec())
}

/// The object identifier of NEGOEX as it is encoded (MS-NEGOEX: 1.3.6.1.4.1.311.2.2.30).
const NEGOEX: &[u8] = &[6, 10, 0x2b, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 0x1e];

/// The same with who answers, where the server's GUID or its list of log-in mechanisms proves it:
/// only Windows offers NEGOEX.
pub(super) fn with_product(
    smb: Recognition,
    guid: [u8; 16],
    mechanisms: &[u8],
    dialect: &str,
) -> Recognition {
    if let Some(name) = name_of_samba(guid) {
        let detail = [dialect.as_bytes(), b" (", &name, b")"].concat();
        return smb.product("Samba").detail(detail);
    }
    let smb = smb.detail(dialect);
    let windows = mechanisms.windows(NEGOEX.len()).any(|part| part == NEGOEX);
    if windows { smb.product("Microsoft Windows") } else { smb }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windows::tests::{CONTEXT, refuses_others};
    use klinke_shared::Note;

    /// What smbd 4.17 of Debian 12 answers.
    const SAMBA: &[u8] = include_bytes!("../../../fuzz/seeds/smb/samba-4.17-smb3");

    #[test]
    fn a_session_comes_before_the_negotiation() {
        let mut conversation = over_netbios(&CONTEXT);
        assert_eq!(conversation.start(), Act::Say(netbios::session_request()));
        assert_eq!(conversation.hear(&[0x82, 0, 0]), Act::Listen);
        let question = netbios::framed(&smb2_negotiate::question(&CONTEXT.token));
        assert_eq!(conversation.hear(&[0]), Act::Say(question));
        let Act::Known(smb) = conversation.hear(SAMBA) else { panic!("not recognised") };
        assert_eq!(smb.protocol, Some(Protocol::Smb));
        assert!(smb.has(Note::SigningNotRequired));
    }

    #[test]
    fn smb_1_is_asked_in_a_session_at_the_port_of_sessions_only() {
        let at_139 = Context { port: 139, ..CONTEXT };
        assert_eq!(smb1(&at_139).start(), Act::Say(netbios::session_request()));
        assert_eq!(smb1(&CONTEXT).start(), Act::Say(netbios::framed(&smb1_negotiate::question())));
    }

    #[test]
    fn a_session_without_smb_is_still_a_session() {
        let expected = session_only();
        for answers in [&[&[0x83, 0, 0, 1, 0x82][..]][..], &[&[0x82, 0, 0, 0], b"HTTP/1.1"]] {
            let mut conversation = over_netbios(&CONTEXT);
            conversation.start();
            let acts: Vec<_> = answers.iter().map(|answer| conversation.hear(answer)).collect();
            assert_eq!(acts.last(), Some(&expected));
        }
        let mut conversation = over_netbios(&CONTEXT);
        conversation.start();
        conversation.hear(&[0x82, 0, 0, 0]);
        assert_eq!(conversation.over(), expected);
    }

    #[test]
    fn a_random_guid_is_not_samba() {
        assert_eq!(name_of_samba(*b"klinkelab\0\0\0\0\0\0\0"), Some(b"klinkelab".to_vec()));
        assert_eq!(name_of_samba([0; 16]), None);
        assert_eq!(name_of_samba(*b"klinkelabklinkel"), None);
        assert_eq!(name_of_samba(*b"klinke\0lab\0\0\0\0\0\0"), None);
    }

    #[test]
    fn other_protocols_are_no_file_sharing() {
        for begin in [smb2, smb1, over_netbios] {
            refuses_others(begin);
        }
    }
}
