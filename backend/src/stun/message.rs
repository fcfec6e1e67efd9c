//! What a STUN server says to a datagram. Pure: knows no socket and no clock, and needs no heap.
//!
//! An answer is at most [`LONGEST_ANSWER`] bytes long, and at most 2.2 times as long as its request,
//! 1.6 times over IPv4. That is without the headers of IP and UDP, which make both factors smaller.
//! To keep it so, there is no SOFTWARE and no reason in words, which RFC 8489 only recommends.

use super::format::{
    ATTRIBUTE_HEADER, BINDING_ERROR, BINDING_SUCCESS, ERROR_CODE, FINGERPRINT, FINGERPRINT_SIZE,
    HEADER, Transaction, UNKNOWN_ATTRIBUTES, XOR_MAPPED_ADDRESS, fingerprint, padding,
};
use super::request::Request;
use std::net::{IpAddr, SocketAddr};

/// The longest answer in bytes: family, port and address of IPv6, and a FINGERPRINT.
pub const LONGEST_ANSWER: usize = HEADER + ATTRIBUTE_HEADER + (4 + 16) + FINGERPRINT_SIZE;
/// The families of XOR-MAPPED-ADDRESS (RFC 8489, 14.1).
const IPV4: u8 = 1;
const IPV6: u8 = 2;
/// ERROR-CODE 420, “Unknown Attribute”, whose hundreds stand apart (RFC 8489, 14.8).
const UNKNOWN_ATTRIBUTE: [u8; 4] = [0, 0, 4, 20];

/// The bytes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    bytes: [u8; LONGEST_ANSWER],
    length: usize,
}

/// The answer to a datagram from there, if it is a Binding request: the address from which it came,
/// or which attributes are not understood. An IPv4-mapped address counts as the IPv4 address it is.
/// Anything else is met with silence, as is a request whose FINGERPRINT is wrong (RFC 8489, 6.3).
#[must_use]
pub fn answer(request: &[u8], from: SocketAddr) -> Option<Answer> {
    let request = Request::read(request)?;
    let answer = if request.unknown.types().is_empty() {
        Answer::success(&request.transaction, from)
    } else {
        Answer::error(&request.transaction, request.unknown.types())
    };
    answer?.finished(request.fingerprint)
}

impl Answer {
    /// The datagram to send; at most [`LONGEST_ANSWER`] bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn success(transaction: &Transaction, from: SocketAddr) -> Option<Self> {
        let answer = Self::begun(BINDING_SUCCESS, transaction)?;
        match from.ip().to_canonical() {
            IpAddr::V4(ip) => answer.mapped(IPV4, from.port(), &ip.octets(), transaction),
            IpAddr::V6(ip) => answer.mapped(IPV6, from.port(), &ip.octets(), transaction),
        }
    }

    /// With XOR-MAPPED-ADDRESS: port and address are each mixed with the key by XOR, which
    /// keeps routers that rewrite addresses from rewriting these (RFC 8489, 14.2).
    fn mapped(self, family: u8, port: u16, ip: &[u8], key: &Transaction) -> Option<Self> {
        let xored = |bytes: &[u8], answer: Self| {
            bytes.iter().zip(key).try_fold(answer, |answer, (byte, key)| answer.with(&[byte ^ key]))
        };
        let answer = self.attribute(XOR_MAPPED_ADDRESS, 4 + ip.len())?.with(&[0, family])?;
        xored(ip, xored(&port.to_be_bytes(), answer)?)
    }

    fn error(transaction: &Transaction, unknown: &[u16]) -> Option<Self> {
        let code = UNKNOWN_ATTRIBUTE;
        let length = size_of_val(unknown);
        let answer = Self::begun(BINDING_ERROR, transaction)?
            .attribute(ERROR_CODE, code.len())?
            .with(&code)?
            .attribute(UNKNOWN_ATTRIBUTES, length)?;
        let mut types = unknown.iter().map(|unknown| unknown.to_be_bytes());
        let answer = types.try_fold(answer, |answer, unknown| answer.with(&unknown))?;
        (0..padding(length)).try_fold(answer, |answer, _| answer.with(&[0]))
    }

    /// The header; its length is written when it is known.
    fn begun(kind: u16, transaction: &Transaction) -> Option<Self> {
        let empty = Self { bytes: [0; LONGEST_ANSWER], length: 0 };
        empty.with(&kind.to_be_bytes())?.with(&[0, 0])?.with(transaction)
    }

    /// With type and length of an attribute, whose value comes next.
    fn attribute(self, kind: u16, length: usize) -> Option<Self> {
        self.with(&kind.to_be_bytes())?.with(&u16::try_from(length).ok()?.to_be_bytes())
    }

    /// The length counts the FINGERPRINT before it is computed (RFC 8489, 14.7).
    fn finished(mut self, with_fingerprint: bool) -> Option<Self> {
        let more = if with_fingerprint { FINGERPRINT_SIZE } else { 0 };
        let length = u16::try_from(self.length + more - HEADER).ok()?;
        self.bytes.get_mut(2..4)?.copy_from_slice(&length.to_be_bytes());
        if !with_fingerprint {
            return Some(self);
        }
        let value = fingerprint(self.as_bytes());
        self.attribute(FINGERPRINT, value.len())?.with(&value)
    }

    /// With these bytes at its end; nothing if there is no room, which [`LONGEST_ANSWER`] rules out.
    fn with(mut self, bytes: &[u8]) -> Option<Self> {
        let end = self.length + bytes.len();
        self.bytes.get_mut(self.length..end)?.copy_from_slice(bytes);
        self.length = end;
        Some(self)
    }
}
