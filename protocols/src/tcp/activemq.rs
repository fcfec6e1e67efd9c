//! `ActiveMQ`: listens to the description of the wire format that every broker sends first
//! (`OpenWire` Version 2 Specification, “`WireFormatInfo`”). Sends nothing.

use crate::{Bytes, Exchange, Reading, Step};
use klinke_shared::{Protocol, Recognition};

/// The step.
pub(super) const STEP: Step = Step {
    protocol: Protocol::Activemq,
    ports: &[61616],
    listens: true,
    begin: |_| Box::new(Exchange::listen(read)),
};

/// The kind of the message and its magic.
const MAGIC: &[u8] = b"\x01ActiveMQ";
/// The description has some hundred bytes.
const LONGEST: u32 = 4096;
/// How a text of a property is marked.
const STRING: u8 = 9;

fn read(heard: &[u8], over: bool) -> Reading {
    match identify(heard) {
        Some(recognition) => Reading::known(recognition),
        None if !over && may_become(heard) => Reading::More,
        None => Reading::Other,
    }
}

fn may_become(heard: &[u8]) -> bool {
    let mut bytes = Bytes(heard);
    let Some(length) = bytes.u32() else { return true };
    let magic = bytes.0.get(..MAGIC.len()).unwrap_or(bytes.0);
    length <= LONGEST
        && MAGIC.starts_with(magic)
        && usize::try_from(length).is_ok_and(|length| bytes.len() < length)
}

/// The description, and of it the maker's name and version.
pub(super) fn identify(heard: &[u8]) -> Option<Recognition> {
    let mut bytes = Bytes(heard);
    let length = bytes.u32().filter(|length| *length <= LONGEST)?;
    let mut message = Bytes(bytes.take(usize::try_from(length).ok()?)?);
    message.expect(MAGIC)?;
    message.u32().filter(|version| (1..=64).contains(version))?;
    let product = property(message.0, b"ProviderName").unwrap_or(b"ActiveMQ");
    let version = property(message.0, b"ProviderVersion").unwrap_or_default();
    Some(Recognition::of(Protocol::Activemq).product(product).version(version))
}

/// The text of a property: its name, its kind, its length and itself.
fn property<'a>(message: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let place = message.windows(name.len()).position(|part| part == name)?;
    let mut bytes = Bytes(message.get(place + name.len()..)?);
    bytes.expect(&[STRING])?;
    let length = usize::from(bytes.u16()?);
    bytes.take(length)
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
    fn activemq_of_debian_is_recognised() {
        let recognition = known(&STEP, &[include_bytes!("../../../fuzz/seeds/activemq/activemq")]);
        assert_eq!(names(&recognition).0, "ActiveMQ");
    }

    #[test]
    fn another_magic_is_refused() {
        assert_eq!(tells(&STEP, &[b"\0\0\0\x0d\x01ActiveMX\0\0\0\x0c"]), None);
    }
}
