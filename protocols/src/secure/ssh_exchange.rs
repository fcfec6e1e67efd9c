//! The key exchange of SSH: which algorithms both sides know, a shared secret, and the keys made of
//! it. The server's signature is not checked: nothing secret is said afterwards, and who answers is
//! what is being asked.

use super::ssh_cipher::{Cipher, Sealed};
use crate::{Bytes, Context};
use ring::digest::{SHA256, digest};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

/// Messages of the key exchange (RFC 4253 12; RFC 5656 7.1).
pub(super) const KEXINIT: u8 = 20;
pub(super) const NEWKEYS: u8 = 21;
const ECDH_INIT: u8 = 30;
pub(super) const ECDH_REPLY: u8 = 31;

/// Ways to a shared secret: one under two names (RFC 8731 1).
const EXCHANGES: &str = "curve25519-sha256,curve25519-sha256@libssh.org";
/// Keys of servers. None is checked, so every usual one will do.
const HOST_KEYS: &str = "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,\
    ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256,ssh-rsa,ssh-dss";
/// The ciphers need none, but some servers refuse a list without one that they know.
const MACS: &str = "hmac-sha2-256,hmac-sha2-512,hmac-sha1";
const COMPRESSION: &str = "none";

/// Name-lists in a KEXINIT (RFC 4253 7.1), and which of them have to agree here.
const LISTS: usize = 10;

/// Our half of an exchange.
pub(super) struct KeyExchange {
    secret: [u8; 32],
    ours: Vec<u8>,
    cipher: Cipher,
    theirs: Vec<u8>,
}

/// The keys of both directions.
pub(super) struct Keys {
    /// From us to the server.
    pub(super) outgoing: Sealed,
    /// From the server to us.
    pub(super) incoming: Sealed,
}

impl KeyExchange {
    /// A secret that is of this check and this port only. It is drawn from the check's token, so
    /// this room needs no random number; it protects nothing but the names of log-in methods.
    pub(super) fn new(context: &Context) -> Self {
        let drawn = |purpose: &str| {
            let place = format!("{purpose} {} {}", context.address, context.port);
            sha256(&[place.as_bytes(), &context.token])
        };
        let cookie = drawn("cookie");
        Self {
            secret: drawn("secret"),
            ours: kexinit(&cookie),
            cipher: Cipher::Chacha,
            theirs: Vec::new(),
        }
    }

    /// Our KEXINIT.
    pub(super) fn offer(&self) -> &[u8] {
        &self.ours
    }

    /// Our half of the secret in answer to the server's KEXINIT (RFC 5656 4); nothing if there is
    /// nothing that both sides know.
    pub(super) fn agree(&mut self, kexinit: Vec<u8>) -> Option<Vec<u8>> {
        self.cipher = choose(&kexinit)?;
        self.theirs = kexinit;
        let mut message = vec![ECDH_INIT];
        message.extend(string(&self.public()));
        Some(message)
    }

    /// The keys after the server's half of the secret (RFC 5656 4, RFC 8731 3).
    pub(super) fn keys(&self, greetings: [&[u8]; 2], reply: &[u8]) -> Option<Keys> {
        let mut bytes = Bytes(reply);
        bytes.expect(&[ECDH_REPLY])?;
        let host_key = read_string(&mut bytes)?;
        let theirs: [u8; 32] = read_string(&mut bytes)?.try_into().ok()?;
        read_string(&mut bytes).filter(|_| bytes.is_empty())?;
        let shared = x25519(self.secret, theirs);
        // RFC 8731 3: a secret of zeros is one that anybody knows.
        (shared != [0; 32]).then_some(())?;
        let secret = mpint(&shared);
        let public = self.public();
        let [our_greeting, their_greeting] = greetings;
        let parts = [our_greeting, their_greeting, &self.ours, &self.theirs, host_key];
        let strings = parts.into_iter().chain([&public[..], &theirs]).flat_map(string);
        let hash = sha256(&[&strings.collect::<Vec<_>>(), &secret]);
        let key = |letter| key(&secret, &hash, letter);
        Some(Keys {
            outgoing: Sealed::new(self.cipher, &key(b'A'), &key(b'C'))?,
            incoming: Sealed::new(self.cipher, &key(b'B'), &key(b'D'))?,
        })
    }

    fn public(&self) -> [u8; 32] {
        x25519(self.secret, X25519_BASEPOINT_BYTES)
    }
}

/// A KEXINIT (RFC 4253 7.1).
fn kexinit(cookie: &[u8; 32]) -> Vec<u8> {
    let ciphers = Cipher::ALL.map(|(name, _)| name).join(",");
    let lists: [&str; LISTS] =
        [EXCHANGES, HOST_KEYS, &ciphers, &ciphers, MACS, MACS, COMPRESSION, COMPRESSION, "", ""];
    let mut message = vec![KEXINIT];
    message.extend(cookie.iter().take(16));
    message.extend(lists.iter().flat_map(|list| string(list.as_bytes())));
    // No guessed packet follows; reserved.
    message.extend([0; 5]);
    message
}

/// The cipher that both sides know, if all the rest agrees too (RFC 4253 7.1).
fn choose(kexinit: &[u8]) -> Option<Cipher> {
    let mut bytes = Bytes(kexinit);
    bytes.expect(&[KEXINIT])?;
    bytes.take(16)?;
    let mut lists = [&b""[..]; LISTS];
    for list in &mut lists {
        *list = read_string(&mut bytes)?;
    }
    (bytes.len() == 5).then_some(())?;
    let [exchanges, host_keys, outgoing, incoming, _, _, deflate, inflate, _, _] = lists;
    let rest = [
        (EXCHANGES, exchanges),
        (HOST_KEYS, host_keys),
        (COMPRESSION, deflate),
        (COMPRESSION, inflate),
    ];
    let agrees = rest.iter().all(|(ours, theirs)| ours.split(',').any(|name| has(theirs, name)));
    let both = |name: &str| has(outgoing, name) && has(incoming, name);
    let cipher = Cipher::ALL.into_iter().find(|(name, _)| both(name));
    cipher.filter(|_| agrees).map(|(_, cipher)| cipher)
}

/// Whether a name is in a name-list (RFC 4251 5).
pub(super) fn has(list: &[u8], name: &str) -> bool {
    list.split(|byte| *byte == b',').any(|part| part == name.as_bytes())
}

/// A string with its length (RFC 4251 5).
pub(super) fn string(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), bytes].concat()
}

/// Reads a string.
pub(super) fn read_string<'a>(bytes: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let length = usize::try_from(bytes.u32()?).ok()?;
    bytes.take(length)
}

/// A positive number (RFC 4251 5, `mpint`): without zeros before it, but with one before a high bit.
fn mpint(number: &[u8]) -> Vec<u8> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let digits = number.get(zeros..).unwrap_or_default();
    let high = digits.first().is_some_and(|byte| *byte >= 0x80);
    if high { string(&[&[0], digits].concat()) } else { string(digits) }
}

/// A key (RFC 4253 7.2): 64 bytes, of which each cipher takes what it needs.
fn key(secret: &[u8], hash: &[u8; 32], letter: u8) -> [u8; 64] {
    // The hash of the first exchange is the session's identifier as well.
    let first = sha256(&[secret, hash, &[letter], hash]);
    let second = sha256(&[secret, hash, &first]);
    let mut key = [0; 64];
    key.iter_mut().zip(first.into_iter().chain(second)).for_each(|(to, from)| *to = from);
    key
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = [0; 32];
    let whole = digest(&SHA256, &parts.concat());
    hash.iter_mut().zip(whole.as_ref()).for_each(|(to, from)| *to = *from);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{IpAddr, Ipv4Addr};

    const CONTEXT: Context = Context {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 22,
        token: [7; 16],
        now: 1_800_000_000,
    };

    #[test]
    fn each_port_and_each_check_has_its_own_secret() {
        let secret = |context: &Context| KeyExchange::new(context).secret;
        assert_eq!(secret(&CONTEXT), secret(&CONTEXT));
        assert_ne!(secret(&CONTEXT), secret(&Context { port: 23, ..CONTEXT }));
        assert_ne!(secret(&CONTEXT), secret(&Context { token: [8; 16], ..CONTEXT }));
    }

    #[test]
    fn numbers_are_written_as_rfc_4251_shows() {
        assert_eq!(mpint(&[0, 0]), [0, 0, 0, 0]);
        assert_eq!(mpint(&[0, 0x80]), [0, 0, 0, 2, 0, 0x80]);
        assert_eq!(
            mpint(&[0x09, 0xa3, 0x78, 0xf9, 0xb2, 0xe3, 0x32, 0xa7]),
            [0, 0, 0, 8, 0x09, 0xa3, 0x78, 0xf9, 0xb2, 0xe3, 0x32, 0xa7]
        );
    }

    #[test]
    fn nothing_in_common_is_no_agreement() {
        let ours = kexinit(&[0; 32]);
        assert_eq!(choose(&ours), Some(Cipher::Chacha));
        for name in ["curve25519-sha256", "none"] {
            let place = ours.windows(name.len()).position(|part| part == name.as_bytes()).unwrap();
            let mut theirs = ours.clone();
            theirs[place] = b'X';
            if name.starts_with('c') {
                theirs[place + name.len() + 1] = b'X';
            }
            assert_eq!(choose(&theirs), None, "{name}");
        }
    }

    #[test]
    fn half_an_offer_is_none() {
        let ours = kexinit(&[0; 32]);
        for length in 0..ours.len() {
            assert_eq!(choose(&ours[..length]), None);
        }
    }

    #[test]
    fn a_secret_that_anybody_knows_is_refused() {
        let exchange = KeyExchange::new(&CONTEXT);
        let zero = [vec![ECDH_REPLY], string(b"key"), string(&[0; 32]), string(b"")].concat();
        assert!(exchange.keys([b"", b""], &zero).is_none());
        let short = [vec![ECDH_REPLY], string(b"key"), string(&[9; 31]), string(b"")].concat();
        assert!(exchange.keys([b"", b""], &short).is_none());
        let base = [vec![ECDH_REPLY], string(b"key"), string(&X25519_BASEPOINT_BYTES), string(b"")];
        assert!(exchange.keys([b"", b""], &base.concat()).is_some());
    }
}
