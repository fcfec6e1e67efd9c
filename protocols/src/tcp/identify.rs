//! What unsolicited bytes, or a complaint about a foreign question, tell of who said them. Strict:
//! what might be said by something else tells nothing.

use super::{
    activemq, amqp, ftp, imap, memcached, mysql, pop3, postgresql, redis, rsync, small, smtp,
    streams, teamspeak, telnet, text, vnc, xmpp,
};
use crate::secure::ssh_greeting;
use crate::windows;
use klinke_shared::{Protocol, Recognition};

/// Recognises a protocol by what is said in it without being asked.
type Reader = fn(&[u8]) -> Option<Recognition>;

/// What something is that these bytes came from without being asked, or as its complaint about a
/// question of another protocol.
#[must_use]
pub fn identify(heard: &[u8]) -> Option<Recognition> {
    const READERS: [Reader; 23] = [
        tls_alert,
        windows::identify_xrdp,
        http,
        ssh_greeting::identify,
        smtp::identify,
        ftp::identify,
        pop3::identify,
        imap::identify,
        vnc::identify,
        mysql::packet,
        postgresql::error,
        rsync::identify,
        redis::identify,
        memcached::identify,
        streams::identify,
        amqp::identify,
        xmpp::identify,
        activemq::identify,
        teamspeak::identify,
        direct_connect,
        chargen,
        minecraft,
        telnet::identify,
    ];
    READERS.iter().find_map(|read| read(heard))
}

/// RFC 8446, 5.1 and 6: a record with an alert of two bytes, in any version from SSL 3 on.
fn tls_alert(heard: &[u8]) -> Option<Recognition> {
    match *heard {
        [0x15, 3, 0..=4, 0, 2, 1 | 2, _, ..] => Some(Recognition::of(Protocol::Tls)),
        _ => None,
    }
}

/// RFC 9112, 4: a status line; `ICY` is how radio stations write theirs (`SHOUTcast`).
fn http(heard: &[u8]) -> Option<Recognition> {
    let line = text::line(heard)?;
    let versions: [&[u8]; 3] = [b"HTTP/1.0 ", b"HTTP/1.1 ", b"ICY "];
    let rest = versions.iter().find_map(|version| line.strip_prefix(*version))?;
    let code = rest.get(..3)?;
    let apart = rest.get(3).is_none_or(|next| *next == b' ');
    if !apart || !code.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let known = Recognition::of(Protocol::Http);
    Some(match text::header(heard, b"Server") {
        Some(server) => text::agent(known, server),
        None => known,
    })
}

/// `$Lock`: a hub of Direct Connect (NMDC, `$Lock`). The protocol has no name of its own here.
fn direct_connect(heard: &[u8]) -> Option<Recognition> {
    let rest = heard.strip_prefix(b"$Lock ")?;
    let rest = text::at_most(rest, rest.iter().position(|byte| *byte == b'|')?);
    text::has(rest, b"Pk=").then(|| Recognition::default().product("Direct Connect").detail(rest))
}

fn chargen(heard: &[u8]) -> Option<Recognition> {
    small::is_pattern(heard).then(|| Recognition::of(Protocol::Chargen))
}

/// Minecraft before 1.7 kicks who does not speak its language with a packet 255: a text in UTF-16.
fn minecraft(heard: &[u8]) -> Option<Recognition> {
    super::minecraft::kick(heard)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::check::STRANGERS;

    fn protocol(heard: &[u8]) -> Option<Protocol> {
        identify(heard).and_then(|recognition| recognition.protocol)
    }

    #[test]
    fn greetings_and_complaints_tell_who_speaks() {
        for (heard, expected) in [
            (&b"SSH-2.0-OpenSSH_9.2p1\r\n"[..], Protocol::Ssh),
            (b"220 (vsFTPd 3.0.3)\r\n", Protocol::Ftp),
            (b"220 mail.example.org ESMTP Postfix\r\n", Protocol::Smtp),
            (b"* OK [CAPABILITY IMAP4rev1] Dovecot (Debian) ready.\r\n", Protocol::Imap),
            (b"+OK Dovecot (Debian) ready.\r\n", Protocol::Pop3),
            (b"RFB 003.008\n", Protocol::Vnc),
            (b"@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\n", Protocol::Rsync),
            (b"\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27", Protocol::Telnet),
            (b"-ERR unknown command 'OPTIONS', with args beginning with: '/'\r\n", Protocol::Redis),
            (b"ERROR\r\nERROR\r\n", Protocol::Memcached),
            (b"\x15\x03\x01\0\x02\x02\x0a", Protocol::Tls),
            (b"\x03\0\0\x09\x02\xf0\x80\x21\x80", Protocol::Rdp),
            (b"AMQP\0\0\x09\x01", Protocol::Amqp),
            (b"ICY 200 OK\r\nicy-name:x\r\n\r\n", Protocol::Http),
            (b"HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\n\r\n", Protocol::Http),
            (b"SIP/2.0 400 Bad Request\r\n\r\n", Protocol::Sip),
        ] {
            assert_eq!(protocol(heard), Some(expected), "{}", String::from_utf8_lossy(heard));
        }
    }

    #[test]
    fn a_direct_connect_hub_is_named_without_a_protocol() {
        let hub = identify(b"$Lock EXTENDEDPROTOCOLABCABC Pk=YnHub|").unwrap();
        assert_eq!((hub.protocol, hub.product.as_deref()), (None, Some("Direct Connect")));
    }

    #[test]
    fn what_might_be_anything_tells_nothing() {
        for heard in
            [&b""[..], b"220 hello\r\n", b"+OK\r\n", b"* hello\r\n", b"login", b"ERROR", b"\0"]
        {
            assert_eq!(identify(heard), None, "{}", String::from_utf8_lossy(heard));
        }
    }

    #[test]
    fn strangers_are_only_what_they_are() {
        let seen: Vec<_> = STRANGERS.iter().map(|heard| protocol(heard)).collect();
        let (http, tls) = (Some(Protocol::Http), Some(Protocol::Tls));
        assert_eq!(seen, [http, http, Some(Protocol::Ssh), tls, tls, None, None, None]);
    }
}
